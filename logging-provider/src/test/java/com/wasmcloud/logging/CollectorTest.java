package com.wasmcloud.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.wasmcloud.contract.logging.LogEntry;
import com.wasmcloud.contract.logging.LoggingContract;
import com.wasmcloud.contract.rpc.Encoding;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.host.TestActor;
import com.wasmcloud.testkit.host.TestHost;
import com.wasmcloud.testkit.host.TestProvider;
import com.wasmcloud.testkit.servers.NatsServer;
import com.wasmcloud.testkit.servers.Servers;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Lines that go to a collector of OpenTelemetry. */
@ExtendWith(Servers.class)
class CollectorTest {
    private final Collector collector;
    private final TestHost host;
    private final TestProvider provider;

    CollectorTest(NatsServer nats) throws Exception {
        collector = new Collector();
        host = TestHost.start(nats);
        provider = host.provider(LoggingContract.INSTANCE).start(LoggingProvider.provider());
    }

    @AfterEach
    void close() {
        host.close();
        collector.close();
    }

    @Test
    void anAnsweredLineIsAtTheCollector() {
        TestActor actor = linked("otlp_headers", "Authorization=Bearer geheim");
        LogEntry entry = new LogEntry("Warning", "it is hot\n", Optional.of("sun"));
        Await.result(actor.invocation(provider, "Logging.WriteLog", LogEntry.CODEC.encode(entry, Encoding.MSGPACK))
                .traced(Map.of("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"))
                .send());

        assertThat(collector.received()).hasSize(1);
        Collector.Received received = collector.received().get(0);
        assertThat(received.text()).isEqualTo("it is hot\n");
        assertThat(received.log().getSeverityNumber()).isEqualTo(SeverityNumber.SEVERITY_NUMBER_WARN);
        assertThat(received.log().getSeverityText()).isEqualTo("WARN");
        assertThat(received.log().getTimeUnixNano()).isPositive();
        assertThat(received.traceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
        assertThat(received.spanId()).isEqualTo("b7ad6b7169203331");
        assertThat(received.attributes())
                .containsEntry("service.name", actor.key())
                .containsEntry("wasmcloud.actor.id", actor.key())
                .containsEntry("wasmcloud.link.name", "default")
                .containsEntry("target", "sun")
                .doesNotContainKeys("unknown_level", "cut");
        assertThat(received.authorization()).isEqualTo("Bearer geheim");
    }

    @Test
    void marksWhatALineMarks() {
        TestActor actor = linked("max_text", "3", "service_name", "shop");
        log(actor, "loud", "abcdef");
        Collector.Received received = collector.received().get(0);
        assertThat(received.text()).isEqualTo("abc");
        assertThat(received.log().getSeverityNumber()).isEqualTo(SeverityNumber.SEVERITY_NUMBER_INFO);
        assertThat(received.attributes())
                .containsEntry("service.name", "shop")
                .containsEntry("unknown_level", "loud")
                .containsEntry("cut", "3");
        assertThat(received.traceId()).isEmpty();
    }

    @Test
    void linksShareACollectorAndKeepTheirNames() {
        TestActor one = linked("service_name", "one");
        TestActor other = linked("service_name", "other");
        log(one, "info", "of one");
        log(other, "info", "of other");
        assertThat(collector.received())
                .extracting(Collector.Received::text, received -> received.attributes()
                        .get("service.name"))
                .containsExactly(tuple("of one", "one"), tuple("of other", "other"));
    }

    @Test
    void aCollectorThatFailsIsSaidAndTriedAgain() {
        TestActor actor = linked("wait_ms", "50");
        collector.answers(503);
        assertThatThrownBy(() -> log(actor, "info", "kept"))
                .hasMessageContaining("the entry was kept and will be written when it can be");
        String reason = "link of actor " + actor.key() + ": cannot write to " + collector.url()
                + "/v1/logs: it answered with HTTP status 503; trying again";
        Await.until("health says so", () -> provider.health().reason().equals(reason));
        collector.answers(200);
        Await.until("it is delivered", () -> collector.received().size() == 1);
        provider.awaitHealthy();
    }

    @Test
    void aCollectorThatIsAwayIsSaidBeforeAnyLineComes() {
        collector.close();
        linked();
        String reason = "cannot write to " + collector.url() + "/v1/logs: it cannot be reached; trying again";
        Await.until("health says so", () -> provider.health().reason().contains(reason));
    }

    @Test
    void whatTheCollectorRefusesHoldsUpNothingElse() {
        TestActor actor = linked();
        collector.answers(400);
        assertThatThrownBy(() -> log(actor, "info", "bad"))
                .hasMessage("log error: " + collector.url()
                        + "/v1/logs refused the entry: it answered with HTTP status 400");
        collector.answers(200);
        log(actor, "info", "good");
        assertThat(collector.received()).extracting(Collector.Received::text).containsExactly("good");
    }

    @Test
    void aCollectorThatHangsTakesNoCallSlotsFromOtherLinks(@TempDir Path folder) throws Exception {
        try (ServerSocket hanging = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                TestProvider small = host.provider(LoggingContract.INSTANCE)
                        .config("{\"provider\":{\"max_calls\":40}}")
                        .start(LoggingProvider.provider())) {
            TestActor loud = host.actor();
            String url = "http://127.0.0.1:" + hanging.getLocalPort();
            small.linkAndAwait(loud, Map.of("target", "otlp", "otlp_endpoint", url, "wait_ms", "60000"));
            TestActor quiet = host.actor();
            small.linkAndAwait(quiet, Map.of("path", folder.resolve("quiet.log").toString(), "wait_ms", "20000"));

            LogEntry entry = new LogEntry("info", "waits", Optional.empty());
            List<CompletionStage<Void>> waiting = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                waiting.add(loud.calling(small, LoggingContract.INSTANCE).writeLog(entry));
            }
            Await.until("the loud link has all it may have", () -> waiting.stream()
                    .anyMatch(call -> call.toCompletableFuture().isCompletedExceptionally()));
            for (int i = 0; i < 20; i++) {
                Await.result(quiet.calling(small, LoggingContract.INSTANCE).writeLog(entry));
            }
        }
    }

    private TestActor linked(String... keysAndValues) {
        Map<String, String> values =
                new HashMap<>(Map.of("target", "otlp", "otlp_endpoint", collector.url(), "wait_ms", "10000"));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            values.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        TestActor actor = host.actor();
        provider.linkAndAwait(actor, values);
        return actor;
    }

    private void log(TestActor actor, String level, String text) {
        Await.result(actor.calling(provider, LoggingContract.INSTANCE)
                .writeLog(new LogEntry(level, text, Optional.empty())));
    }
}
