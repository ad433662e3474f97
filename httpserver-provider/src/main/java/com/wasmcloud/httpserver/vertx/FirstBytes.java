package com.wasmcloud.httpserver.vertx;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.vertx.core.http.Http1ServerConfig;
import io.vertx.core.http.impl.tcp.Http1xOrH2CHandler;

/**
 * Puts the {@link StrictDecoder} into a connection without TLS. Vert.x tells HTTP/1 from HTTP/2 by the first bytes, and
 * decodes them in the same step; so this passes them on one by one until Vert.x has decided, replaces the decoder, and
 * leaves. Used on the connection's event loop.
 */
final class FirstBytes extends ChannelInboundHandlerAdapter {
    private final Http1ServerConfig http1;

    FirstBytes(Http1ServerConfig http1) {
        this.http1 = http1;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        ChannelPipeline pipeline = context.pipeline();
        while (bytes.isReadable() && pipeline.get(Http1xOrH2CHandler.class) != null) {
            context.fireChannelRead(bytes.readRetainedSlice(1));
        }
        if (pipeline.get(Http1xOrH2CHandler.class) == null) {
            StrictDecoder.replaceIn(pipeline, http1);
            pipeline.remove(this);
        }
        if (bytes.isReadable()) {
            context.fireChannelRead(bytes);
        } else {
            bytes.release();
        }
    }
}
