package com.wasmcloud.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wasmcloud.contract.keyvalue.KeyValue;
import com.wasmcloud.contract.keyvalue.KeyValueContract;
import com.wasmcloud.contract.keyvalue.ListAddRequest;
import com.wasmcloud.contract.keyvalue.SetRequest;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.host.HostForm;
import com.wasmcloud.testkit.host.TestActor;
import com.wasmcloud.testkit.host.TestHost;
import com.wasmcloud.testkit.host.TestProvider;
import com.wasmcloud.testkit.servers.NatsServer;
import com.wasmcloud.testkit.servers.OtlpServer;
import com.wasmcloud.testkit.servers.RedisServer;
import com.wasmcloud.testkit.servers.Servers;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the executables tell a collector of metrics when their host or their configuration wants that. */
@ExtendWith(Servers.class)
class MetricsTest {
    private static final Map<String, String> GET = Map.of("wasmcloud.operation", "KeyValue.Get");

    private final NatsServer nats;
    private final RedisServer redis;

    MetricsTest(NatsServer nats, RedisServer redis) {
        this.nats = nats;
        this.redis = redis;
    }

    @Test
    void countCallsErrorsTimesAndLinks() {
        try (OtlpServer otlp = new OtlpServer();
                TestHost host = TestHost.start(nats, HostForm.OTP)) {
            TestActor actor = host.actor();
            TestActor refused = host.actor();
            TestProvider provider = host.provider(KeyValueContract.INSTANCE)
                    .environment(Map.of(
                            "OTEL_METRICS_EXPORTER", "otlp",
                            "OTEL_EXPORTER_OTLP_ENDPOINT", otlp.url(),
                            "OTEL_EXPORTER_OTLP_HEADERS", "authorization=Bearer%20hush",
                            "OTEL_METRIC_EXPORT_INTERVAL", "100"))
                    .link(actor, Map.of("URL", redis.url()))
                    .link(refused, Map.of("URL", "nonsense"))
                    .start(DemoProcess.KEY_VALUE);
            provider.awaitLinked(actor);
            KeyValue keyValue = actor.calling(provider, KeyValueContract.INSTANCE);
            String key = "of " + provider.key();

            Await.result(keyValue.set(new SetRequest(key, "tea".repeat(400 * 1024), 0)));
            Await.result(keyValue.get(key));
            Await.result(keyValue.get("nothing"));
            Await.result(keyValue.listAdd(new ListAddRequest(key + " list", "tea")));
            assertThatThrownBy(() -> Await.result(keyValue.get(key + " list"))).hasMessageContaining("WRONGTYPE");
            Await.until(
                    "the state of both links is reported",
                    () -> reports(otlp, "wasmcloud.links.refused", Map.of(), 1)
                            && reports(otlp, "wasmcloud.link.up", Map.of("wasmcloud.actor", actor.key()), 1));
            // what has not been sent yet is sent before a provider ends
            provider.process().terminate();
            assertThat(provider.process().awaitExit()).isZero();

            assertThat(number(otlp, "wasmcloud.provider.calls", GET)).isEqualTo(3);
            assertThat(number(
                            otlp,
                            "wasmcloud.provider.errors",
                            Map.of("wasmcloud.operation", "KeyValue.Get", "error.type", "backend")))
                    .isEqualTo(1);
            assertThat(number(otlp, "wasmcloud.provider.in_flight", GET)).isZero();
            HistogramDataPoint times = times(otlp, "wasmcloud.provider.duration", GET);
            assertThat(times.getCount()).isEqualTo(3);
            assertThat(times.getSum()).isPositive().isLessThan(60);
            assertThat(number(otlp, "wasmcloud.backend.calls", Map.of("wasmcloud.operation", "GET")))
                    .isEqualTo(3);
            assertThat(number(otlp, "wasmcloud.chunked.bytes", Map.of("wasmcloud.direction", "fetched")))
                    .isBetween(1_200_000L, 1_300_000L);
            assertThat(number(otlp, "wasmcloud.chunked.bytes", Map.of("wasmcloud.direction", "stored")))
                    .isBetween(1_200_000L, 1_300_000L);
            assertThat(number(otlp, "wasmcloud.nats.reconnects", Map.of())).isZero();
            assertThat(number(otlp, "wasmcloud.provider.refused", Map.of())).isZero();
            assertThat(otlp.spans()).isEmpty();
            assertThat(otlp.authorizations()).containsOnly("Bearer hush");
        }
    }

    @Test
    void areSwitchedOnInTheConfigurationWhereHostsPassNoVariables() {
        try (OtlpServer otlp = new OtlpServer();
                TestHost host = TestHost.start(nats, HostForm.RUST)) {
            TestActor actor = host.actor();
            TestProvider provider = host.provider(KeyValueContract.INSTANCE)
                    .config("{\"provider\":{\"metrics_exporter\":\"otlp\",\"otlp_endpoint\":\"%s\"}}"
                            .formatted(otlp.url()))
                    .link(actor, Map.of("URL", redis.url()))
                    .start(DemoProcess.KEY_VALUE);
            provider.awaitHealthy();

            Await.result(actor.calling(provider, KeyValueContract.INSTANCE).get("nothing"));
            // what has not been sent yet is sent before a provider ends
            provider.process().terminate();
            assertThat(provider.process().awaitExit()).isZero();

            assertThat(number(otlp, "wasmcloud.provider.calls", GET)).isEqualTo(1);
            assertThat(otlp.spans()).isEmpty();
        }
    }

    @Test
    void areThereForPrometheus() throws IOException {
        try (TestHost host = TestHost.start(nats, HostForm.RUST)) {
            TestActor actor = host.actor();
            int port = DemoProcess.freePort();
            TestProvider provider = host.provider(KeyValueContract.INSTANCE)
                    .config("{\"provider\":{\"prometheus_address\":\"127.0.0.1:%d\"}}".formatted(port))
                    .link(actor, Map.of("URL", redis.url()))
                    .start(DemoProcess.KEY_VALUE);
            provider.awaitHealthy();

            Await.result(actor.calling(provider, KeyValueContract.INSTANCE).get("nothing"));

            assertThat(DemoProcess.get(URI.create("http://127.0.0.1:%d/metrics".formatted(port))))
                    .startsWith("200 ")
                    .containsPattern("wasmcloud_provider_calls_total\\{[^}]*wasmcloud_operation=\"KeyValue.Get\"} 1")
                    .containsPattern("wasmcloud_link_up\\{[^}]*wasmcloud_actor=\"" + actor.key() + "\"} 1")
                    .contains("wasmcloud_provider=\"" + provider.key() + "\"");
        }
    }

    private static boolean reports(OtlpServer otlp, String name, Map<String, String> attributes, long value) {
        return points(otlp, name, attributes).stream().anyMatch(point -> point.getAsInt() == value);
    }

    /** The latest value. */
    private static long number(OtlpServer otlp, String name, Map<String, String> attributes) {
        List<NumberDataPoint> points = points(otlp, name, attributes);
        assertThat(points).as("%s %s of %s", name, attributes, otlp.metrics()).isNotEmpty();
        return points.get(points.size() - 1).getAsInt();
    }

    private static List<NumberDataPoint> points(OtlpServer otlp, String name, Map<String, String> attributes) {
        return otlp.metrics().stream()
                .filter(metric -> metric.getName().equals(name))
                .flatMap(metric -> numbers(metric).stream())
                .filter(point -> OtlpServer.texts(point.getAttributesList()).equals(attributes))
                .toList();
    }

    private static List<NumberDataPoint> numbers(Metric metric) {
        return metric.hasSum()
                ? metric.getSum().getDataPointsList()
                : metric.getGauge().getDataPointsList();
    }

    private static HistogramDataPoint times(OtlpServer otlp, String name, Map<String, String> attributes) {
        List<HistogramDataPoint> points = otlp.metrics().stream()
                .filter(metric -> metric.getName().equals(name))
                .flatMap(metric -> metric.getHistogram().getDataPointsList().stream())
                .filter(point -> OtlpServer.texts(point.getAttributesList()).equals(attributes))
                .toList();
        assertThat(points).as("%s %s of %s", name, attributes, otlp.metrics()).isNotEmpty();
        return points.get(points.size() - 1);
    }
}
