package com.wasmcloud.httpclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wasmcloud.contract.httpclient.HttpResponse;
import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.servers.NatsServer;
import com.wasmcloud.testkit.servers.Servers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes out and what comes back. */
@ExtendWith(Servers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RequestTest {
    private final Wired wired;
    private RawServer server = RawServer.answering("");

    @BeforeEach
    void listen() {
        server.close();
        server = RawServer.answering(
                "HTTP/1.1 404 Not Here\r\nSet-Cookie: a=1\r\nX: gr\u00c3\u00bc\u00c3\u009f\r\nset-cookie: b=2\r\ncontent-length: 4\r\n\r\ngone");
    }

    RequestTest(NatsServer nats) {
        wired = Wired.start(nats, RebindingTest.lookup(Map.of()), "max_request_bytes", "1000000");
    }

    @AfterAll
    void close() {
        server.close();
        wired.close();
    }

    @Test
    void sendsWhatTheActorWantsAndGivesWhatTheServerAnswers() {
        HttpResponse response = wired.send(
                "PUT",
                server.url() + "/a b?c=d#e",
                Map.of("X-Many", List.of("1", "2"), "Accept", List.of("text/plain"), "X-Name", List.of("grüß")),
                "body");
        assertThat(server.requests().get(0))
                .startsWith("PUT /a%20b?c=d HTTP/1.1\r\n")
                .contains(
                        "x-many: 1\r\n",
                        "x-many: 2\r\n",
                        "accept: text/plain\r\n",
                        "x-name: gr\u00c3\u00bc\u00c3\u009f\r\n")
                .containsIgnoringCase("host: 127.0.0.1:" + server.port() + "\r\n")
                .contains("content-length: 4\r\n")
                .endsWith("\r\n\r\nbody")
                .doesNotContain("user-agent");
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.header())
                .containsEntry("set-cookie", List.of("a=1", "b=2"))
                .containsEntry("x", List.of("grüß"))
                .containsEntry("content-length", List.of("4"));
        assertThat(response.body()).isEqualTo(Bytes.utf8("gone"));
    }

    @Test
    void addsWhatClientsAddAndDropsWhatWouldBreakTheRequest() {
        wired.send(
                "POST",
                server.url().replace("http://", "http://us%3Aer:pass@") + "/",
                Map.of(
                        "Transfer-Encoding", List.of("chunked"),
                        "Content-Length", List.of("99"),
                        "Connection", List.of("close"),
                        "Bad Name", List.of("x"),
                        "x-split", List.of("a\r\nInjected: 1", "good"),
                        "expect", List.of("100-continue")),
                "");
        assertThat(server.requests().get(0))
                .contains("authorization: Basic dXM6ZXI6cGFzcw==\r\n", "accept: */*\r\n", "x-split: good\r\n")
                .contains("accept-encoding: gzip, deflate\r\n", "content-length: 0\r\n")
                .doesNotContainIgnoringCase("injected")
                .doesNotContainIgnoringCase("transfer-encoding")
                .doesNotContainIgnoringCase("bad name")
                .doesNotContainIgnoringCase("expect");
    }

    @Test
    void usesAConnectionAgain() {
        for (int i = 0; i < 5; i++) {
            wired.get(server.url());
        }
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void answersAHeadRequestWithoutABody() {
        try (RawServer head =
                RawServer.answering("HTTP/1.1 200 OK\r\ncontent-length: 1234\r\ncontent-encoding: gzip\r\n\r\n")) {
            HttpResponse response = wired.send("HEAD", head.url(), Map.of(), "");
            assertThat(response.body().isEmpty()).isTrue();
            assertThat(response.header()).containsEntry("content-length", List.of("1234"));
        }
    }

    @Test
    void anActorMayChooseTheHostHeader() {
        wired.send("GET", server.url(), Map.of("Host", List.of("other.example:81")), "");
        assertThat(server.requests().get(0)).containsIgnoringCase("host: other.example:81\r\n");
    }

    @Test
    void aSlowServerKeepsNobodyElseWaiting() throws Exception {
        try (RawServer slow = new RawServer((request, connection) -> Thread.sleep(60_000))) {
            List<CompletionStage<HttpResponse>> waiting = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                waiting.add(wired.client()
                        .request(new com.wasmcloud.contract.httpclient.HttpRequest(
                                "GET", slow.url(), Map.of(), Bytes.EMPTY)));
            }
            Await.until("all are there", () -> slow.connections() == 50);
            assertThat(wired.get(server.url()).statusCode()).isEqualTo(404);
            assertThat(waiting).noneMatch(call -> call.toCompletableFuture().isDone());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GET /", "G\r\nET", "CONNECT"})
    void refusesAMethodThatIsNone(String method) {
        assertThatThrownBy(() -> wired.send(method, server.url(), Map.of(), ""))
                .isInstanceOf(RpcException.class)
                .hasMessageStartingWith("invalid parameter: method: ");
    }

    @Test
    void saysWhyAServerCannotBeAskedAndNothingThatIsSecret() {
        int port = RawServer.closedPort();
        assertThatThrownBy(() -> wired.get("http://u:secret@127.0.0.1:" + port + "/secret?secret"))
                .isInstanceOf(RpcException.class)
                .hasMessage("sending request: cannot connect to http://127.0.0.1:" + port + ": Connection refused");
        assertThatThrownBy(() -> wired.get("http://unknown.invalid/secret"))
                .hasMessage(
                        "sending request: cannot connect to http://unknown.invalid: no address is known for that name");
        assertThatThrownBy(() -> wired.get("ftp://secret/"))
                .hasMessage(
                        "invalid parameter: the URL cannot be requested: it does not begin with http:// or https://");
        assertThatThrownBy(() -> wired.send("POST", "http://h/", Map.of(), "x".repeat(1_000_001)))
                .hasMessage("invalid parameter: the body has 1000001 bytes, and max_request_bytes is 1000000");
    }
}
