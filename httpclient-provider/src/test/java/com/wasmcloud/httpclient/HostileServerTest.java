package com.wasmcloud.httpclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wasmcloud.contract.httpclient.HttpResponse;
import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.testkit.servers.NatsServer;
import com.wasmcloud.testkit.servers.Servers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that answer with anything, or with nothing. */
@ExtendWith(Servers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileServerTest {
    private static final int MOST = 1_000_000;

    private final NatsServer nats;
    private final Wired wired;

    HostileServerTest(NatsServer nats) {
        this.nats = nats;
        wired = Wired.start(nats, "max_response_bytes", "" + MOST, "max_header_bytes", "4096", "max_attempts", "1");
    }

    @AfterAll
    void close() {
        wired.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hello~~ | what it sent is not HTTP",
                "HTTP/1.1 200 OK~transfer-encoding: chunked~~xyz~ | what it sent is not HTTP",
                "HTTP/1.1 200 OK~transfer-encoding: chunked~~-5~ab | what it sent is not HTTP",
                "HTTP/9.9 200 OK~~ | what it sent is not HTTP",
                "HTTP/1.1 200 OK~content-length: 10~~short | it closed the connection",
                "HTTP/1.1 200 OK~a: HUGE~~ | its headers are larger than the 4096 bytes of max_header_bytes",
                "'' | it closed the connection",
            })
    void nonsenseIsAnErrorInOneSentence(String bytes, String reason) {
        String response = bytes.replace("~", "\r\n").replace("HUGE", "x".repeat(100_000));
        try (RawServer server = new RawServer((request, connection) -> {
            RawServer.send(connection, response);
            connection.close();
        })) {
            assertThatThrownBy(() -> wired.get(server.url()))
                    .isInstanceOf(RpcException.class)
                    .hasMessageMatching("(sending request|receiving response body): no complete answer from "
                            + server.url() + ": " + reason);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "200 OK~content-length: 3~~one",
                "200 OK~content-length: 3~content-length: 3~~one",
                "200 OK~content-length: 3~content-length: 60~~one",
                "200 OK~transfer-encoding: chunked~content-length: 3~~3~one~0~~",
                "200 OK~transfer-encoding: chunked~~3~one~0~~",
                "204 No Content~content-length: 3~~",
                "304 Not Modified~content-length: 3~~",
                "204 No Content~transfer-encoding: chunked~~",
            })
    void whatNobodyAskedForIsNotTheAnswerToTheNextRequest(String first) {
        String twice = "HTTP/1.1 " + first.replace("~", "\r\n") + RawServer.response("200 OK", "bad");
        AtomicInteger requests = new AtomicInteger();
        try (RawServer server = new RawServer((request, connection) -> RawServer.send(
                connection, requests.incrementAndGet() == 1 ? twice : RawServer.response("200 OK", "two")))) {
            try {
                wired.get(server.url());
            } catch (RpcException refused) {
                assertThat(refused).hasMessageContaining(server.url());
            }
            assertThat(wired.get(server.url()).body().toUtf8()).isEqualTo("two");
        }
    }

    @Test
    void aServerThatSaysNothingIsGivenUp() {
        try (RawServer server = new RawServer((request, connection) -> Thread.sleep(60_000));
                Wired hasty = Wired.start(nats, "idle_timeout_ms", "300")) {
            assertThatThrownBy(() -> hasty.get(server.url()))
                    .hasMessage("sending request: no complete answer from " + server.url()
                            + ": nothing came from it for the 300 ms of idle_timeout_ms");
        }
    }

    @Test
    void aBodyThatTricklesIsGivenUpInTheEnd() {
        try (RawServer server = new RawServer((request, connection) -> {
                    RawServer.send(connection, "HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n");
                    for (int i = 0; i < 1000; i++) {
                        RawServer.send(connection, "x");
                        Thread.sleep(20);
                    }
                });
                Wired hasty = Wired.start(nats, "request_timeout_ms", "700")) {
            assertThatThrownBy(() -> hasty.get(server.url()))
                    .hasMessage("sending request: no complete answer from " + server.url()
                            + " within the 700 ms of request_timeout_ms");
        }
    }

    @ParameterizedTest
    @CsvSource({"content-length: 100000000000", "transfer-encoding: chunked", "x: y"})
    void aBodyWithoutEndIsGivenUpAtTheLimit(String header) {
        try (RawServer server = new RawServer((request, connection) -> {
            RawServer.send(connection, "HTTP/1.1 200 OK\r\n" + header + "\r\n\r\n");
            String part = "x".repeat(8192);
            while (true) {
                RawServer.send(connection, header.startsWith("transfer") ? "2000\r\n" + part + "\r\n" : part);
            }
        })) {
            assertThatThrownBy(() -> wired.get(server.url()))
                    .hasMessage("receiving response body: " + server.url()
                            + ": the body is larger than the 1000000 bytes of max_response_bytes");
        }
    }

    @ParameterizedTest
    @CsvSource({"gzip", "x-gzip", "deflate", "bare"})
    void aCompressedBodyIsDecompressed(String encoding) {
        String text = "text ".repeat(50_000);
        try (RawServer server = encoded(encoding.replace("bare", "deflate"), compressed(encoding, text))) {
            HttpResponse response = wired.get(server.url());
            assertThat(response.body().toUtf8()).isEqualTo(text);
            assertThat(response.header()).doesNotContainKeys("content-encoding", "content-length");
        }
    }

    @ParameterizedTest
    @CsvSource({"gzip", "deflate"})
    void aBodyThatExpandsBeyondTheLimitIsGivenUp(String encoding) {
        try (RawServer server = encoded(encoding, compressed(encoding, "0".repeat(20 * MOST)))) {
            assertThatThrownBy(() -> wired.get(server.url()))
                    .hasMessage("receiving response body: " + server.url()
                            + ": the body is larger than the 1000000 bytes of max_response_bytes");
        }
    }

    @Test
    void aDamagedBodyIsAnError() {
        String half = compressed("gzip", "text ".repeat(1000));
        try (RawServer server = encoded("gzip", half.substring(0, half.length() / 2))) {
            assertThatThrownBy(() -> wired.get(server.url()))
                    .hasMessage("receiving response body: " + server.url() + ": its compression (gzip) is damaged");
        }
    }

    @Test
    void whoAsksForCompressionGetsIt() {
        String body = compressed("gzip", "text");
        try (RawServer server = encoded("gzip", body)) {
            HttpResponse response = wired.send("GET", server.url(), Map.of("Accept-Encoding", List.of("gzip")), "");
            assertThat(response.header()).containsEntry("content-encoding", List.of("gzip"));
            assertThat(response.body().size()).isEqualTo(body.length());
        }
    }

    @Test
    void theMemoryOfWhatFailedIsFreeAgain() {
        String large = "x".repeat(MOST - 10_000);
        try (RawServer broken = new RawServer((request, connection) -> {
                    RawServer.send(connection, "HTTP/1.1 200 OK\r\ncontent-length: 2000000\r\n\r\n" + large);
                    connection.close();
                });
                RawServer whole = RawServer.answering(RawServer.response("200 OK", large))) {
            for (int i = 0; i < 60; i++) {
                assertThatThrownBy(() -> wired.get(broken.url())).hasMessageContaining("it closed the connection");
            }
            assertThat(wired.get(whole.url()).body().size()).isEqualTo(large.length());
        }
    }

    private static RawServer encoded(String encoding, String body) {
        return RawServer.answering(RawServer.response("200 OK\r\ncontent-encoding: " + encoding, body));
    }

    private static String compressed(String encoding, String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out =
                switch (encoding) {
                    case "deflate" -> new DeflaterOutputStream(bytes);
                    case "bare" -> new DeflaterOutputStream(bytes, new Deflater(9, true));
                    default -> new GZIPOutputStream(bytes);
                }) {
            out.write(text.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }
}
