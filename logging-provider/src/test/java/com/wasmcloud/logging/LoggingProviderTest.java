package com.wasmcloud.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wasmcloud.contract.logging.LogEntry;
import com.wasmcloud.contract.logging.LoggingContract;
import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.Encoding;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.host.TestActor;
import com.wasmcloud.testkit.host.TestHost;
import com.wasmcloud.testkit.host.TestProvider;
import com.wasmcloud.testkit.servers.NatsServer;
import com.wasmcloud.testkit.servers.Servers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The whole provider inside this process, with a host, a lattice and actors around it. */
@ExtendWith(Servers.class)
class LoggingProviderTest {
    /** Enough for a machine that is busy with other things. */
    private static final String PATIENCE_MILLIS = "20000";

    private static final String TRACE_PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @TempDir
    private Path folder;

    private final TestHost host;
    private final TestProvider provider;
    private Path file = Path.of("/");

    LoggingProviderTest(NatsServer nats) {
        host = TestHost.start(nats);
        provider = host.provider(LoggingContract.INSTANCE).start(LoggingProvider.provider());
    }

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("actors.log");
    }

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void anAnsweredLineIsInTheFile() throws Exception {
        TestActor actor = linked(Map.of("path", file.toString()));
        log(actor, "warn", "it is hot");
        assertThat(file).content().endsWith(" WARN actor=" + actor.key() + " link=default: it is hot\n");
    }

    @Test
    void takesBothFormsOfTheArgumentAndTheTraceOfTheCall() throws Exception {
        TestActor actor = linked(Map.of("path", file.toString(), "format", "json"));
        Bytes entry =
                LogEntry.CODEC.encode(new LogEntry("Critical", "a\nb", Optional.of("module::x")), Encoding.MSGPACK);
        Bytes result = Await.result(actor.invocation(provider, "Logging.WriteLog", entry)
                .traced(Map.of("traceparent", TRACE_PARENT))
                .send());
        assertThat(result.isEmpty()).isTrue();
        assertThat(file)
                .content()
                .contains("\"level\":\"error\",\"actor\":\"" + actor.key() + "\"")
                .endsWith("\"trace_id\":\"0af7651916cd43dd8448eb211c80319c\",\"target\":\"module::x\","
                        + "\"message\":\"a\\nb\"}\n");
    }

    @Test
    void replacesWhatIsNotUtf8AndWritesTheRestOfTheLine() throws Exception {
        TestActor actor = linked(Map.of("path", file.toString()));
        Bytes entry = LogEntry.CODEC.encode(new LogEntry("info", "a?b", Optional.empty()), Encoding.MSGPACK);
        byte[] damaged = entry.toByteArray();
        damaged[damaged.length - 2] = (byte) 0xff;
        Await.result(actor.call(provider, "Logging.WriteLog", Bytes.wrap(damaged)));
        assertThat(file).content().endsWith(": a\ufffdb\n");
    }

    @Test
    void discardsWhatIsBelowTheLevelOfTheLink() throws Exception {
        TestActor actor = linked(Map.of("path", file.toString(), "LEVEL", "warn"));
        for (String level : List.of("trace", "debug", "info", "loud", "WARNING", "fatal")) {
            log(actor, level, level);
        }
        assertThat(Files.readAllLines(file))
                .hasSize(2)
                .satisfiesExactly(line -> assertThat(line).endsWith(": WARNING"), line -> assertThat(line)
                        .endsWith(": fatal"));
    }

    @Test
    void linksShareAFileAndItsRotation() throws Exception {
        List<TestActor> actors = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            String spelling = i == 0
                    ? file.toString()
                    : folder.resolve("./x/../actors.log").toString();
            actors.add(linked(Map.of("path", spelling, "rotate_bytes", "2000", "keep", "100")));
        }
        List<CompletionStage<Void>> calls = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            calls.add(begin(actors.get(i % 3), "info", "line " + i));
        }
        calls.forEach(Await::result);

        List<String> lines = new ArrayList<>();
        try (var files = Files.list(folder)) {
            for (Path each : files.toList()) {
                assertThat(Files.size(each)).isLessThanOrEqualTo(2000);
                lines.addAll(Files.readAllLines(each));
            }
        }
        assertThat(lines).hasSize(300).allMatch(line -> line.matches("\\S+ INFO actor=M\\S+ link=default: line \\d+"));
        assertThat(lines.stream().map(line -> line.replaceAll(".*: line ", "")).distinct())
                .hasSize(300);
    }

    @Test
    void servesLinksOfBothContractIds() throws Exception {
        TestActor actor = linked(Map.of("path", file.toString()));
        log(actor, "info", "builtin");

        TestProvider old = host.provider(LoggingContract.LEGACY).start(LoggingProvider.provider());
        TestActor other = host.actor();
        old.linkAndAwait(other, Map.of("path", file.toString()));
        Await.result(
                other.calling(old, LoggingContract.LEGACY).writeLog(new LogEntry("info", "legacy", Optional.of("x"))));
        assertThat(Files.readAllLines(file)).hasSize(2);
    }

    @Test
    void findsMissedLinksOfEitherContractId() {
        host.loseLinkMessages(true);
        TestActor one = host.actor();
        provider.link(one, Map.of());
        TestActor other = host.actor();
        try (TestProvider old =
                host.provider(LoggingContract.LEGACY).key(provider.key()).start(LoggingProvider.provider())) {
            old.link(other, Map.of());
        }
        provider.close();

        TestProvider next =
                host.provider(LoggingContract.INSTANCE).key(provider.key()).start(LoggingProvider.provider());
        next.awaitLinked(one);
        next.awaitLinked(other);
    }

    @Test
    void aFolderThatIsMissingIsSaidByHealthAndCallsAndNothingIsLost() throws Exception {
        Path later = folder.resolve("later/actors.log");
        TestActor actor = linked(Map.of("path", later.toString(), "wait_ms", "50"));
        assertThat(provider.awaitUnhealthy())
                .isEqualTo("link of actor " + actor.key() + ": cannot write to " + later
                        + ": its folder does not exist; trying again");
        assertThatThrownBy(() -> log(actor, "info", "kept"))
                .hasMessage("log error: cannot write to " + later
                        + ": its folder does not exist; the entry was kept and will be written when it can be");

        Files.createDirectory(later.getParent());
        provider.awaitHealthy();
        Await.until("the entry is written", () -> content(later).endsWith(": kept\n"));
        log(actor, "info", "next");
        assertThat(later).content().endsWith(": next\n");
    }

    @Test
    void failuresAreKeptFromTheActorWhenThatIsWanted() {
        TestActor actor = linked(
                Map.of("path", folder.resolve("no/actors.log").toString(), "wait_ms", "1", "report_failures", "false"));
        log(actor, "info", "no error");
        assertThat(provider.health().healthy()).isFalse();
    }

    @Test
    void aLinkWithWrongSettingsIsRefusedWithEveryReason() {
        TestActor actor = host.actor();
        provider.link(actor, Map.of("level", "loud", "path", "actors.log"));
        Await.until("it is refused", () -> !provider.health().healthy());
        assertThatThrownBy(() -> log(actor, "info", "m"))
                .hasMessageContaining("setting 'level' must be")
                .hasMessageContaining("setting 'path' must be");
    }

    @Test
    void newSettingsOfALinkCountAndTheFileStaysOpenForOthers() throws Exception {
        TestActor actor = linked(Map.of("path", file.toString()));
        TestActor other = linked(Map.of("path", file.toString()));
        log(actor, "info", "text");
        provider.link(actor, Map.of("path", file.toString(), "format", "json"));
        Await.until("the link is replaced", () -> {
            log(actor, "info", "x");
            return content(file).contains("\"message\":\"x\"");
        });
        provider.unlink(actor);
        provider.awaitUnlinked(actor);
        log(other, "info", "still there");
        assertThat(file).content().endsWith("link=default: still there\n");
    }

    private TestActor linked(Map<String, String> values) {
        Map<String, String> patient = new HashMap<>(Map.of("wait_ms", PATIENCE_MILLIS));
        patient.putAll(values);
        TestActor actor = host.actor();
        provider.linkAndAwait(actor, patient);
        return actor;
    }

    private CompletionStage<Void> begin(TestActor actor, String level, String text) {
        return actor.calling(provider, LoggingContract.INSTANCE).writeLog(new LogEntry(level, text, Optional.empty()));
    }

    private void log(TestActor actor, String level, String text) {
        Await.result(begin(actor, level, text));
    }

    private static String content(Path path) {
        try {
            return Files.exists(path) ? Files.readString(path) : "";
        } catch (IOException e) {
            return "";
        }
    }
}
