package com.wasmcloud.httpserver.vertx;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.AsciiString;
import io.vertx.core.http.Http1ServerConfig;
import io.vertx.core.http.impl.http1.VertxHttpRequestDecoder;
import java.util.List;
import java.util.Optional;

/**
 * The HTTP/1 decoder of Vert.x without its leniency: what RFC 9112 says must be answered with 400 is reported as a
 * malformed request, and nothing after it on the connection is read. A server that guesses where such a request ends
 * can be made to take a part of one client's request for another's (request smuggling). Used on the connection's event
 * loop.
 */
final class StrictDecoder extends VertxHttpRequestDecoder {
    private static final String NAME = "httpDecoder";

    private final HeaderLines lines = new HeaderLines();
    private boolean refused;

    private StrictDecoder(Http1ServerConfig config) {
        super(config);
    }

    /** Takes the place of the decoder that Vert.x has put into a pipeline, if it has. */
    static void replaceIn(ChannelPipeline pipeline, Http1ServerConfig config) {
        if (pipeline.get(NAME) instanceof VertxHttpRequestDecoder lenient && !(lenient instanceof StrictDecoder)) {
            pipeline.replace(NAME, NAME, new StrictDecoder(config));
        }
    }

    @Override
    protected AsciiString splitHeaderName(byte[] line, int start, int length) {
        AsciiString name = super.splitHeaderName(line, start, length);
        lines.count(name);
        return name;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
        if (refused) {
            in.skipBytes(in.readableBytes());
            return;
        }
        int before = out.size();
        super.decode(context, in, out);
        if (out.size() > before) {
            if (out.get(before) instanceof HttpRequest request) {
                check(request, in, out, before);
            }
            lines.reset(); // which may have been those of trailers
        }
    }

    private void check(HttpRequest request, ByteBuf in, List<Object> out, int at) {
        if (!request.decoderResult().isSuccess()) {
            refuse(in);
            return;
        }
        boolean chunked = out.size() == at + 1 && lines.hasTransferEncoding();
        Optional<String> problem = RequestRules.problem(request, lines, chunked);
        if (problem.isPresent()) {
            request.setDecoderResult(DecoderResult.failure(new IllegalArgumentException(problem.get())));
            while (out.size() > at + 1) {
                out.remove(out.size() - 1); // an empty last content, which needs no release
            }
            refuse(in);
        }
    }

    private void refuse(ByteBuf in) {
        refused = true;
        in.skipBytes(in.readableBytes());
    }
}
