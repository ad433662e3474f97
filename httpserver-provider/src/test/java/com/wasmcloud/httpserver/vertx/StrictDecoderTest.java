package com.wasmcloud.httpserver.vertx;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.vertx.core.http.Http1ServerConfig;
import io.vertx.core.http.impl.http1.VertxHttpRequestDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictDecoderTest {
    private static final String CHUNKED = String.join(
            "\r\n",
            "POST / HTTP/1.1",
            "Host: a",
            "Transfer-Encoding: CHUNKED",
            "",
            "3;name=value",
            "abc",
            "0000A",
            "0123456789",
            "4",
            "\r\n\r\n",
            "0",
            "X: y",
            "Host: b",
            "",
            "");

    private final EmbeddedChannel channel = new EmbeddedChannel();

    StrictDecoderTest() {
        Http1ServerConfig config = new Http1ServerConfig();
        channel.pipeline().addLast("httpDecoder", new VertxHttpRequestDecoder(config));
        StrictDecoder.replaceIn(channel.pipeline(), config);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64, 10_000})
    void decodesChunkedBodiesInWhateverPiecesTheyArrive(int piece) {
        String requests = CHUNKED + CHUNKED;
        for (int at = 0; at < requests.length(); at += piece) {
            String text = requests.substring(at, Math.min(requests.length(), at + piece));
            channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1));
        }

        StringBuilder bodies = new StringBuilder();
        for (HttpObject decoded = channel.readInbound(); decoded != null; decoded = channel.readInbound()) {
            assertThat(Optional.ofNullable(decoded.decoderResult().cause())).isEmpty();
            if (decoded instanceof HttpContent content) {
                bodies.append(content.content().toString(StandardCharsets.ISO_8859_1));
                content.release();
            }
        }
        assertThat(bodies).hasToString("abc0123456789\r\n\r\n".repeat(2));
    }
}
