package com.wasmcloud.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wasmcloud.contract.httpserver.HttpServerContract;
import com.wasmcloud.contract.keyvalue.IncrementRequest;
import com.wasmcloud.contract.keyvalue.KeyValueContract;
import com.wasmcloud.contract.keyvalue.ListAddRequest;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.host.HostForm;
import com.wasmcloud.testkit.host.TestActor;
import com.wasmcloud.testkit.host.TestHost;
import com.wasmcloud.testkit.host.TestProvider;
import com.wasmcloud.testkit.servers.NatsServer;
import com.wasmcloud.testkit.servers.OtlpServer;
import com.wasmcloud.testkit.servers.OtlpServer.Reported;
import com.wasmcloud.testkit.servers.RedisServer;
import com.wasmcloud.testkit.servers.Servers;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the executables tell a collector of traces when their host wants that. */
@ExtendWith(Servers.class)
class TracesTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String CLIENT_SPAN = "53995c3f42cd8ad8";
    private static final String SECRET_PATH = "/tea";

    private final NatsServer nats;
    private final RedisServer redis;

    TracesTest(NatsServer nats, RedisServer redis) {
        this.nats = nats;
        this.redis = redis;
    }

    /** Hosts have always passed on the whole address of the traces; the standard has the collector's own. */
    @ParameterizedTest
    @CsvSource({"RUST, /v1/traces", "RUST, ''", "OTP, ''"})
    void followARequestFromHttpOverTheActorToRedis(HostForm form, String path) throws Exception {
        try (OtlpServer otlp = new OtlpServer();
                TestHost host = TestHost.start(nats, form)) {
            Map<String, String> variables =
                    Map.of("OTEL_TRACES_EXPORTER", "otlp", "OTEL_EXPORTER_OTLP_ENDPOINT", otlp.url() + path);
            int port = DemoProcess.freePort();
            TestActor actor = host.actor();
            TestProvider keyValue = host.provider(KeyValueContract.INSTANCE)
                    .environment(variables)
                    .link(actor, Map.of("URL", redis.url()))
                    .start(DemoProcess.KEY_VALUE);
            TestProvider http = host.provider(HttpServerContract.INSTANCE)
                    .environment(variables)
                    .link(actor, Map.of("address", "127.0.0.1:" + port))
                    .rpcTimeout(Duration.ofSeconds(20)) // the first call of three cold processes on a busy machine
                    .start(DemoProcess.HTTP);
            TracingActor handler = new TracingActor(actor, keyValue);
            actor.serves(handler);
            keyValue.awaitHealthy();
            http.awaitHealthy();

            assertThat(get(port, SECRET_PATH + "?token=hush")).isEqualTo("200 none");
            Await.until("all spans are there", () -> otlp.spans().size() == 4);

            Reported request = only(otlp, SpanKind.SPAN_KIND_SERVER, "GET");
            Reported toActor = only(otlp, SpanKind.SPAN_KIND_CLIENT, "HttpServer.HandleRequest");
            Reported served = only(otlp, SpanKind.SPAN_KIND_SERVER, "KeyValue.Get");
            Reported toRedis = only(otlp, SpanKind.SPAN_KIND_CLIENT, "GET");
            assertThat(otlp.spans()).extracting(Reported::traceId).containsOnly(TRACE);
            assertThat(request.parent()).isEqualTo(CLIENT_SPAN);
            assertThat(toActor.parent()).isEqualTo(request.id());
            assertThat(handler.received())
                    .containsEntry("traceparent", "00-%s-%s-01".formatted(TRACE, toActor.id()))
                    .containsEntry("tracestate", "vendor=1");
            assertThat(served.parent()).isEqualTo(TracingActor.SPAN);
            assertThat(toRedis.parent()).isEqualTo(served.id());

            assertThat(request.attributes())
                    .containsEntry("http.request.method", "GET")
                    .containsEntry("url.path", SECRET_PATH)
                    .containsEntry("http.response.status_code", "200")
                    .containsEntry("wasmcloud.actor", actor.key());
            assertThat(toActor.attributes()).containsAllEntriesOf(ofCall(http, host, actor));
            assertThat(served.attributes()).containsAllEntriesOf(ofCall(keyValue, host, actor));
            assertThat(toRedis.attributes()).containsEntry("db.system.name", "redis");
            assertThat(toRedis.resource())
                    .containsEntry("service.name", "keyvalue-redis")
                    .containsEntry("wasmcloud.provider", keyValue.key());
            assertThat(otlp.spans().toString()).doesNotContain("hush");
        }
    }

    @Test
    void tellOfFailuresWithoutTheirTexts() {
        try (OtlpServer otlp = new OtlpServer();
                TestHost host = TestHost.start(nats, HostForm.RUST)) {
            TestActor actor = host.actor();
            TestProvider keyValue = host.provider(KeyValueContract.INSTANCE)
                    .environment(Map.of("OTEL_TRACES_EXPORTER", "otlp", "OTEL_EXPORTER_OTLP_ENDPOINT", otlp.url()))
                    .link(actor, Map.of("URL", redis.url()))
                    .start(DemoProcess.KEY_VALUE);
            keyValue.awaitHealthy();
            String key = "list of " + keyValue.key();

            Await.result(actor.calling(keyValue, KeyValueContract.INSTANCE).listAdd(new ListAddRequest(key, "hush")));
            assertThatThrownBy(() -> Await.result(
                            actor.calling(keyValue, KeyValueContract.INSTANCE).get(key)))
                    .hasMessageContaining("WRONGTYPE");
            assertThat(keyValue.isLinked(actor)).isTrue(); // by an operation that does not exist
            // what has not been sent yet is sent before a provider ends
            keyValue.process().terminate();
            assertThat(keyValue.process().awaitExit()).isZero();

            Reported failed = only(otlp, SpanKind.SPAN_KIND_SERVER, "KeyValue.Get");
            assertThat(failed.span().getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
            assertThat(failed.attributes()).containsEntry("error.type", "backend");
            assertThat(failed.parent()).isEmpty();
            assertThat(only(otlp, SpanKind.SPAN_KIND_CLIENT, "GET").parent()).isEqualTo(failed.id());
            assertThat(only(otlp, SpanKind.SPAN_KIND_SERVER, "_OTHER").attributes())
                    .containsEntry("error.type", "unknown_operation");
            assertThat(otlp.spans().toString()).doesNotContain("hush").doesNotContain("WRONGTYPE");
        }
    }

    @Test
    void followACallThroughAllItsSteps() {
        try (OtlpServer otlp = new OtlpServer();
                RedisServer empty = RedisServer.start();
                TestHost host = TestHost.start(nats, HostForm.RUST)) {
            TestActor actor = host.actor();
            TestProvider keyValue = host.provider(KeyValueContract.INSTANCE)
                    .environment(Map.of("OTEL_TRACES_EXPORTER", "otlp", "OTEL_EXPORTER_OTLP_ENDPOINT", otlp.url()))
                    .link(actor, Map.of("URL", empty.url()))
                    .start(DemoProcess.KEY_VALUE);
            keyValue.awaitHealthy();

            Await.result(actor.calling(keyValue, KeyValueContract.INSTANCE).increment(new IncrementRequest("tea", 1)));
            Await.until("all spans are there", () -> otlp.spans().size() == 3);

            String served =
                    only(otlp, SpanKind.SPAN_KIND_SERVER, "KeyValue.Increment").id();
            assertThat(only(otlp, SpanKind.SPAN_KIND_CLIENT, "EVALSHA").parent())
                    .isEqualTo(served); // the script is not there yet
            assertThat(only(otlp, SpanKind.SPAN_KIND_CLIENT, "EVAL").parent()).isEqualTo(served);
        }
    }

    private static Map<String, String> ofCall(TestProvider provider, TestHost host, TestActor actor) {
        return Map.of(
                "wasmcloud.actor", actor.key(),
                "wasmcloud.provider", provider.key(),
                "wasmcloud.link", "default",
                "wasmcloud.contract", provider.contractId(),
                "wasmcloud.lattice", host.lattice());
    }

    private static Reported only(OtlpServer otlp, SpanKind kind, String name) {
        List<Reported> found = otlp.spans().stream()
                .filter(span -> span.span().getKind() == kind && span.name().equals(name))
                .toList();
        assertThat(found).as("%s %s of %s", kind, name, otlp.spans()).hasSize(1);
        return found.get(0);
    }

    private static String get(int port, String path) throws IOException, InterruptedException {
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path)))
                                .header("traceparent", "00-%s-%s-01".formatted(TRACE, CLIENT_SPAN))
                                .header("tracestate", "vendor=1")
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        return response.statusCode() + " " + response.body();
    }
}
