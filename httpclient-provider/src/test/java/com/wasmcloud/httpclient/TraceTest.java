package com.wasmcloud.httpclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wasmcloud.contract.httpclient.HttpRequest;
import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.Encoding;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.servers.NatsServer;
import com.wasmcloud.testkit.servers.OtlpServer;
import com.wasmcloud.testkit.servers.OtlpServer.Reported;
import com.wasmcloud.testkit.servers.Servers;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What servers and a collector are told of the requests that a call sends. */
@ExtendWith(Servers.class)
class TraceTest {
    private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private final NatsServer nats;

    TraceTest(NatsServer nats) {
        this.nats = nats;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void passesTheTraceOfACallOnIfThatIsWanted(boolean wanted) {
        try (RawServer server = RawServer.answering(RawServer.response("200 OK", ""));
                Wired wired = Wired.start(nats, "trace_headers", "" + wanted)) {
            Bytes request = HttpRequest.CODEC.encode(
                    new HttpRequest("GET", server.url(), Map.of(), Bytes.EMPTY), Encoding.MSGPACK);
            Await.result(wired.actor()
                    .invocation(wired.provider(), "HttpClient.Request", request)
                    .traced(Map.of("traceparent", PARENT))
                    .send());
            assertThat(server.requests().get(0).contains("traceparent: " + PARENT))
                    .isEqualTo(wanted);
        }
    }

    @Test
    void everyRequestIsAPartOfTheCallThatNeedsIt() {
        try (RawServer server = new RawServer(TraceTest::redirectOnce);
                OtlpServer otlp = new OtlpServer();
                Wired wired = Wired.traced(nats, otlp)) {
            assertThat(wired.get(server.url() + "/first?token=hush").statusCode())
                    .isEqualTo(404);
            awaitSpans(otlp, 2);

            Reported call = served(otlp);
            assertThat(sent(otlp)).allSatisfy(span -> {
                assertThat(span.name()).isEqualTo("GET");
                assertThat(span.parent()).isEqualTo(call.id());
                assertThat(span.attributes())
                        .containsEntry("http.request.method", "GET")
                        .containsEntry("server.address", "127.0.0.1")
                        .containsEntry("server.port", Integer.toString(server.port()))
                        .containsEntry("wasmcloud.actor", wired.actor().key());
            });
            assertThat(sent(otlp))
                    .extracting(span -> span.attributes().get("http.response.status_code"))
                    .containsExactlyInAnyOrder("302", "404");
            assertThat(call.span().getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_UNSET);
            for (Reported span : sent(otlp)) { // each server is told of the request that it gets
                assertThat(server.requests())
                        .filteredOn(request -> request.contains("traceparent: 00-" + call.traceId() + "-" + span.id()))
                        .hasSize(1);
            }
            assertThat(otlp.spans().toString()).doesNotContain("hush");
        }
    }

    @Test
    void aRequestThatFailsSaysSoWithoutItsText() {
        try (OtlpServer otlp = new OtlpServer();
                Wired wired = Wired.traced(nats, otlp, "max_attempts", "1")) {
            String url = "http://127.0.0.1:" + RawServer.closedPort() + "/hush";
            assertThatThrownBy(() -> wired.send("INVENTED", url, Map.of(), ""))
                    .hasMessageContaining("sending request: ");
            awaitSpans(otlp, 1);

            Reported request = sent(otlp).get(0);
            assertThat(request.name()).isEqualTo("HTTP");
            assertThat(request.attributes())
                    .containsEntry("http.request.method", "_OTHER")
                    .containsKey("error.type")
                    .doesNotContainKey("http.response.status_code");
            assertThat(request.span().getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
            assertThat(served(otlp).span().getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
            assertThat(otlp.spans().toString()).doesNotContain("hush").doesNotContain("INVENTED");
        }
    }

    private static void redirectOnce(String request, Socket connection) throws IOException {
        boolean first = request.startsWith("GET /first");
        RawServer.send(
                connection,
                first
                        ? RawServer.response("302 Found\r\nlocation: /second", "")
                        : RawServer.response("404 Not Found", ""));
    }

    private static void awaitSpans(OtlpServer otlp, int requests) {
        Await.until(
                "all spans are there",
                () -> sent(otlp).size() == requests && otlp.spans().stream().anyMatch(TraceTest::isCall));
    }

    private static boolean isCall(Reported span) {
        return span.name().equals("HttpClient.Request");
    }

    private static Reported served(OtlpServer otlp) {
        return otlp.spans().stream().filter(TraceTest::isCall).findFirst().orElseThrow();
    }

    private static List<Reported> sent(OtlpServer otlp) {
        return otlp.spans().stream()
                .filter(span -> span.span().getKind() == SpanKind.SPAN_KIND_CLIENT)
                .toList();
    }
}
