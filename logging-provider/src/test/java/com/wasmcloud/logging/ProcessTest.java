package com.wasmcloud.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wasmcloud.contract.logging.LogEntry;
import com.wasmcloud.contract.logging.LoggingContract;
import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.provider.support.Json;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.host.HostForm;
import com.wasmcloud.testkit.host.ProviderProcess;
import com.wasmcloud.testkit.host.TestActor;
import com.wasmcloud.testkit.host.TestHost;
import com.wasmcloud.testkit.host.TestProvider;
import com.wasmcloud.testkit.servers.NatsServer;
import com.wasmcloud.testkit.servers.Servers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The provider as a process of its own, started as hosts start it. */
@ExtendWith(Servers.class)
class ProcessTest {
    private static final int WRITERS = 8;

    @TempDir
    private Path folder;

    private final NatsServer nats;

    ProcessTest(NatsServer nats) {
        this.nats = nats;
    }

    @ParameterizedTest
    @EnumSource(HostForm.class)
    void writesToStandardErrorAndNothingToStandardOutput(HostForm form) throws Exception {
        try (TestHost host = TestHost.start(nats, form)) {
            TestActor actor = host.actor();
            TestProvider provider = host.provider(LoggingContract.INSTANCE)
                    .link(actor, Map.of())
                    .start(executable());
            provider.awaitLinked(actor);
            log(actor, provider, "hello\nworld");
            Await.until("the line is there", () -> provider.process()
                    .log()
                    .contains(" INFO actor=" + actor.key() + " link=default: hello\\nworld\n"));
            assertThat(provider.shutdown()).isEqualTo("shutting down");
            assertThat(provider.process().awaitExit()).isZero();
            assertThat(provider.process().output()).isEmpty();
        }
    }

    @Test
    void loadsNothingOfOpenTelemetryBeforeALinkAsksForIt() throws Exception {
        Path classes = folder.resolve("classes");
        try (TestHost host = TestHost.start(nats)) {
            TestActor actor = host.actor();
            TestProvider provider = host.provider(LoggingContract.INSTANCE)
                    .link(actor, Map.of("path", folder.resolve("actors.log").toString()))
                    .start(executable("-Xlog:class+load:file=" + classes));
            provider.awaitLinked(actor);
            log(actor, provider, "m");
            assertThat(classes)
                    .content()
                    .contains("com.wasmcloud.logging.FileOutput")
                    .doesNotContain("io.opentelemetry.");

            provider.link(host.actor(), Map.of("target", "otlp", "otlp_endpoint", "http://127.0.0.1:1"));
            Await.until("it is loaded", () -> content(classes).contains("io.opentelemetry."));
        }
    }

    @Test
    void reachesACollectorWhoseNameHasAnUnderscore() throws Exception {
        Path names = Files.writeString(folder.resolve("hosts"), "127.0.0.1 otel_collector\n");
        try (TestHost host = TestHost.start(nats);
                Collector collector = new Collector()) {
            TestActor actor = host.actor();
            String url = collector.url().replace("127.0.0.1", "otel_collector");
            TestProvider provider = host.provider(LoggingContract.INSTANCE)
                    .link(actor, Map.of("target", "otlp", "otlp_endpoint", url, "wait_ms", "20000"))
                    .start(executable("-Djdk.net.hosts.file=" + names));
            provider.awaitLinked(actor);
            log(actor, provider, "reached");
            assertThat(collector.received())
                    .extracting(Collector.Received::text)
                    .containsExactly("reached");
            provider.awaitHealthy();
        }
    }

    @Test
    void everyLineIsJsonWhenTheHostWantsThatAndNoTextLeavesIt() throws Exception {
        try (TestHost host = TestHost.start(nats, HostForm.OTP)) {
            String hostile = "lou\nd\u001b[2J\u2028\"}";
            TestProvider provider = host.provider(LoggingContract.INSTANCE)
                    .structuredLogging()
                    .link(host.actor(), Map.of("level", hostile))
                    .launch(executable());
            ProviderProcess process = provider.process();
            Await.until("the provider serves", () -> process.log().contains("serves lattice"));
            process.terminate(); // as early as that
            assertThat(process.awaitExit()).isZero();
            assertThat(process.log().lines())
                    .isNotEmpty()
                    .allMatch(each -> each.matches("[ -~]+"))
                    .map(each -> String.valueOf(Json.object(each).get("message")))
                    .anyMatch(message -> message.contains("'level' must be") && message.contains(hostile));
        }
    }

    @Test
    void linesOfActorsLookAsTheHostWantsUnlessTheirLinkSaysOtherwise() throws Exception {
        try (TestHost host = TestHost.start(nats)) {
            TestActor one = host.actor();
            TestActor other = host.actor();
            TestProvider provider = host.provider(LoggingContract.INSTANCE)
                    .structuredLogging()
                    .link(one, Map.of())
                    .link(other, Map.of("format", "text"))
                    .start(executable());
            provider.awaitLinked(one);
            provider.awaitLinked(other);
            log(one, provider, "as the host wants");
            log(other, provider, "as the link says");
            Await.until("the lines are there", () -> provider.process().log().contains("as the link says\n"));
            assertThat(provider.process().log().lines())
                    .anyMatch(line -> line.startsWith("{") && line.endsWith("\"message\":\"as the host wants\"}"))
                    .anyMatch(line -> line.endsWith(" INFO actor=" + other.key() + " link=default: as the link says"));
        }
    }

    @Test
    void standardErrorOnAFullDiskIsSaidByHealthAndCalls() throws Exception {
        try (TestHost host = TestHost.start(nats)) {
            TestActor actor = host.actor();
            TestProvider provider = host.provider(LoggingContract.INSTANCE)
                    .link(actor, Map.of("wait_ms", "50"))
                    .start(executable(List.of(), "2>/dev/full"));
            provider.awaitLinked(actor);
            assertThatThrownBy(() -> log(actor, provider, "lost"))
                    .hasMessage("log error: cannot write to standard error: No space left on device; "
                            + "the entry was kept and will be written when it can be");
            assertThat(provider.awaitUnhealthy()).contains("cannot write to standard error: No space left on device");
        }
    }

    @Test
    void standardErrorThatNobodyReadsHarmsOnlyTheLinksThatWriteToIt() throws Exception {
        Path pipe = folder.resolve("stderr");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Path file = folder.resolve("actors.log");
        try (TestHost host = TestHost.start(nats);
                RandomAccessFile reader = new RandomAccessFile(pipe.toFile(), "rw")) {
            TestActor blocked = host.actor();
            TestActor other = host.actor();
            TestProvider provider = host.provider(LoggingContract.INSTANCE)
                    .logLevel("debug")
                    .link(blocked, Map.of("wait_ms", "50", "queue_entries", "3"))
                    .link(other, Map.of("path", file.toString(), "wait_ms", "20000"))
                    .start(executable(List.of(), "2>'" + pipe + "'"));
            provider.awaitLinked(blocked);
            provider.awaitLinked(other);
            String large = "x".repeat(16_000);
            Await.until(
                    "lines are dropped", () -> fate(blocked, provider, large).contains("was dropped"));
            assertThat(provider.health().reason())
                    .contains("link of actor " + blocked.key() + ": standard error takes no entries");

            log(other, provider, "not harmed");
            assertThat(file).content().endsWith(": not harmed\n");
            for (int i = 0; i < 300; i++) { // enough for the log of the provider itself to fill a pipe
                provider.unlink(other);
                provider.link(other, Map.of("path", file.toString()));
            }
            TestActor later = host.actor();
            provider.linkAndAwait(later, Map.of("path", file.toString()));
            log(later, provider, "linked meanwhile");

            CapturedLines lines = new CapturedLines(reader);
            provider.awaitHealthy();
            log(blocked, provider, "read again");
            Await.until("the line is there", () -> lines.text().contains(": read again\n"));
            assertThat(lines.text()).containsPattern("[0-9]+ entr(y was|ies were) dropped since");
        }
    }

    /** What the answer to a call says, empty for success. */
    private static String fate(TestActor actor, TestProvider provider, String text) {
        try {
            log(actor, provider, text);
            return "";
        } catch (RpcException failure) {
            return String.valueOf(failure.getMessage());
        }
    }

    /** Reads a pipe to its end, for as long as the process lives. */
    private static final class CapturedLines {
        private final ByteArrayOutputStream read = new ByteArrayOutputStream();

        CapturedLines(RandomAccessFile pipe) {
            Thread reader = new Thread(() -> {
                byte[] bytes = new byte[8192];
                try {
                    for (int size = pipe.read(bytes); size >= 0; size = pipe.read(bytes)) {
                        read.write(bytes, 0, size);
                    }
                } catch (IOException closed) {
                    // the test is over
                }
            });
            reader.setDaemon(true);
            reader.start();
        }

        String text() {
            return read.toString(StandardCharsets.UTF_8);
        }
    }

    @Test
    void logsWhatTheHostsLevelLetsThrough() throws Exception {
        try (TestHost host = TestHost.start(nats, HostForm.OTP)) {
            TestProvider provider =
                    host.provider(LoggingContract.INSTANCE).logLevel("error").start(executable());
            provider.shutdown();
            provider.process().awaitExit();
            assertThat(provider.process().log()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(End.class)
    void noLineIsLostThatWasAnswered(End end) throws Exception {
        Path file = folder.resolve("actors.log");
        try (TestHost host = TestHost.start(nats)) {
            TestActor actor = host.actor();
            TestProvider provider = host.provider(LoggingContract.LEGACY)
                    .link(actor, Map.of("path", file.toString(), "wait_ms", "20000"))
                    .start(executable());
            provider.awaitLinked(actor);
            ConcurrentLinkedQueue<String> answered = new ConcurrentLinkedQueue<>();
            List<Thread> writers = writers(actor, provider, answered);
            Await.until("many lines are written", () -> answered.size() > 500);
            end.of(provider);
            for (Thread writer : writers) {
                writer.join();
            }
            List<String> lines = Files.readAllLines(file);
            List<String> texts =
                    lines.stream().map(line -> line.replaceFirst(".*: ", "")).toList();
            assertThat(texts).containsAll(answered);
            assertThat(lines.subList(0, lines.size() - 1))
                    .allMatch(line -> line.matches("\\S+ INFO actor=M\\S+ link=default: line \\d+-\\d+"));
        }
    }

    /** How a process ends while it is busy. */
    private enum End {
        KILLED {
            @Override
            void of(TestProvider provider) {
                provider.process().kill();
            }
        },
        SHUT_DOWN_AND_KILLED {
            @Override
            void of(TestProvider provider) {
                provider.shutdown();
                provider.process().kill();
            }
        },
        TERMINATED {
            @Override
            void of(TestProvider provider) {
                provider.process().terminate();
                assertThat(provider.process().awaitExit()).isZero();
                assertThat(provider.process().log())
                        .contains(" INFO ProviderProcess: logging is told to stop by a signal");
            }
        };

        abstract void of(TestProvider provider);
    }

    /** Each writes line after line until one is not answered. */
    private static List<Thread> writers(
            TestActor actor, TestProvider provider, ConcurrentLinkedQueue<String> answered) {
        AtomicInteger count = new AtomicInteger();
        return IntStream.range(0, WRITERS)
                .mapToObj(number -> {
                    Thread writer = new Thread(() -> {
                        try {
                            while (true) {
                                String text = "line " + number + "-" + count.incrementAndGet();
                                log(actor, provider, text);
                                answered.add(text);
                            }
                        } catch (RpcException | AssertionError end) {
                            // the provider has gone
                        }
                    });
                    writer.start();
                    return writer;
                })
                .toList();
    }

    /** Makes an executable that runs with an empty environment too. */
    private Path executable(String... options) throws IOException {
        return executable(List.of(options), "");
    }

    /** @param redirection of the shell */
    private Path executable(List<String> options, String redirection) throws IOException {
        Path file = Files.writeString(
                folder.resolve("logging-provider"),
                "#!/bin/sh\nexec '%s' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC %s -cp '%s' %s %s\n"
                        .formatted(
                                Path.of(System.getProperty("java.home"), "bin", "java"),
                                String.join(" ", options),
                                System.getProperty("java.class.path"),
                                LoggingProvider.class.getName(),
                                redirection));
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private static String content(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void log(TestActor actor, TestProvider provider, String text) {
        Await.result(actor.calling(provider, LoggingContract.INSTANCE)
                .writeLog(new LogEntry("info", text, Optional.empty())));
    }
}
