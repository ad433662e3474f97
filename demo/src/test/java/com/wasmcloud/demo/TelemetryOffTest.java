package com.wasmcloud.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.contract.keyvalue.KeyValueContract;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.host.HostForm;
import com.wasmcloud.testkit.host.TestActor;
import com.wasmcloud.testkit.host.TestHost;
import com.wasmcloud.testkit.host.TestProvider;
import com.wasmcloud.testkit.servers.NatsServer;
import com.wasmcloud.testkit.servers.RedisServer;
import com.wasmcloud.testkit.servers.Servers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What traces and metrics cost where nobody wants them, or nobody takes them. */
@ExtendWith(Servers.class)
class TelemetryOffTest {
    /** Has the JVM tell of each class that it loads. */
    private static final Map<String, String> TELLING = Map.of("WASMCLOUD_JAVA_OPTS", "-Xlog:class+load:stderr");

    private final NatsServer nats;
    private final RedisServer redis;

    TelemetryOffTest(NatsServer nats, RedisServer redis) {
        this.nats = nats;
        this.redis = redis;
    }

    @Test
    void loadsNoLibraryWhenNothingIsSwitchedOn() {
        String log = logOfOneCall(
                Map.of("OTEL_TRACES_EXPORTER", "", "OTEL_METRICS_EXPORTER", "", "OTEL_EXPORTER_OTLP_ENDPOINT", ""));

        assertThat(log).contains("com.wasmcloud.wasmbus.Inbound ").doesNotContain("io.opentelemetry.");
    }

    @Test
    void loadsItWhenTracesAreSwitchedOn() {
        assertThat(logOfOneCall(Map.of("OTEL_TRACES_EXPORTER", "otlp"))).contains("io.opentelemetry.sdk.trace.");
    }

    @Test
    void servesWithoutACollectorAndSaysSoOnce() throws IOException {
        int nobody = DemoProcess.freePort();
        try (TestHost host = TestHost.start(nats, HostForm.OTP)) {
            TestActor actor = host.actor();
            TestProvider provider = started(
                    host,
                    actor,
                    Map.of(
                            "OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:" + nobody,
                            "OTEL_EXPORTER_OTLP_TIMEOUT", "100",
                            "OTEL_METRIC_EXPORT_INTERVAL", "50",
                            "OTEL_BSP_SCHEDULE_DELAY", "50"));
            call(provider, actor);
            Await.until("the log tells of the loss", () -> losses(provider) == 1);
            for (int i = 0; i < 100; i++) {
                call(provider, actor);
            }
            assertThat(provider.shutdown()).isEqualTo("shutting down");
            assertThat(provider.process().awaitExit()).isZero();
            assertThat(losses(provider)).isEqualTo(1);
            assertThat(provider.process().log()).doesNotContain("\tat ");
        }
    }

    @Test
    void endsInTimeWhenTheCollectorNeverAnswers() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                TestHost host = TestHost.start(nats, HostForm.RUST)) {
            TestActor actor = host.actor();
            TestProvider provider = started(
                    host,
                    actor,
                    Map.of(
                            "OTEL_TRACES_EXPORTER",
                            "otlp",
                            "OTEL_EXPORTER_OTLP_ENDPOINT",
                            "http://127.0.0.1:" + silent.getLocalPort()));
            call(provider, actor);

            assertThat(provider.shutdown()).isEqualTo("shutting down");
            assertThat(provider.process().awaitExit()).isZero();
        }
    }

    @Test
    void servesWithoutReportsWhenTheVariablesCannotBeUsed() {
        try (TestHost host = TestHost.start(nats, HostForm.OTP)) {
            TestActor actor = host.actor();
            TestProvider provider = started(host, actor, Map.of("OTEL_TRACES_EXPORTER", "carrier-pigeon"));

            call(provider, actor);
            assertThat(provider.process().log())
                    .contains("reporting no traces and metrics")
                    .contains("carrier-pigeon");
        }
    }

    private String logOfOneCall(Map<String, String> variables) {
        try (TestHost host = TestHost.start(nats, HostForm.OTP)) {
            TestActor actor = host.actor();
            Map<String, String> all = new HashMap<>(TELLING);
            all.putAll(variables);
            TestProvider provider = started(host, actor, all);
            call(provider, actor);
            assertThat(provider.shutdown()).isEqualTo("shutting down");
            assertThat(provider.process().awaitExit()).isZero();
            return provider.process().log();
        }
    }

    private TestProvider started(TestHost host, TestActor actor, Map<String, String> variables) {
        TestProvider provider = host.provider(KeyValueContract.INSTANCE)
                .environment(variables)
                .link(actor, Map.of("URL", redis.url()))
                .start(DemoProcess.KEY_VALUE);
        provider.awaitHealthy();
        return provider;
    }

    private static void call(TestProvider provider, TestActor actor) {
        Await.result(actor.calling(provider, KeyValueContract.INSTANCE).get("nothing"));
    }

    private static long losses(TestProvider provider) {
        return provider.process()
                .log()
                .lines()
                .filter(line -> line.contains("traces and metrics are not taken"))
                .count();
    }
}
