package com.wasmcloud.testkit.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.nkeys.KeyPair;
import com.wasmcloud.nkeys.KeyRole;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.CapturedText;
import com.wasmcloud.testkit.servers.NatsServer;
import com.wasmcloud.testkit.servers.Servers;
import com.wasmcloud.wasmbus.HostData;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What an executable does beside serving, as an operator calls it: in an empty environment. */
@ExtendWith(Servers.class)
class ProviderCommandsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final NatsServer nats;

    @TempDir
    private Path folder;

    private String executable = "";

    ProviderCommandsTest(NatsServer nats) {
        this.nats = nats;
    }

    /** How a command ended. */
    private record Ended(int code, String out, String err) {}

    @BeforeEach
    void make() throws IOException {
        executable = InMemoryProvider.executable(folder).toString();
    }

    private Process started(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(executable));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectInput(new File("/dev/null"));
        builder.environment().clear();
        return builder.start();
    }

    private Ended run(String... arguments) throws IOException, InterruptedException {
        Process process = started(arguments);
        CapturedText out = CapturedText.of(process.getInputStream());
        CapturedText err = CapturedText.of(process.getErrorStream());
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        out.awaitEnd(PATIENCE);
        err.awaitEnd(PATIENCE);
        return new Ended(process.exitValue(), out.text(), err.text());
    }

    @Test
    void tellsWhatItIsAndHowItIsUsed() throws Exception {
        Ended help = run("--help");
        assertThat(help.code()).isZero();
        assertThat(help.out()).contains("in-memory health", "--host-data FILE", "--cluster-seed FILE");
        assertThat(run("host-data", "--help")).isEqualTo(help);
        assertThat(run("health", "-h")).isEqualTo(help);
        assertThat(run("--version")).isEqualTo(new Ended(0, "in-memory 0.0.0\n", ""));
    }

    @Test
    void refusesWhatItDoesNotKnow() throws Exception {
        Ended ended = run("dance");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("unknown arguments").hasLineCount(1);
    }

    @Test
    void asksARunningProviderHowItIs() throws Exception {
        String file = folder.resolve("host-data").toString();
        Ended made = run(
                "host-data",
                "--lattice",
                TestHost.newLattice(),
                "--nats",
                nats.url(),
                "--link",
                "actor=" + KeyPair.generate(KeyRole.ACTOR).publicKey(),
                "--output",
                file);
        assertThat(made.code()).isZero();
        assertThat(made.out()).isEmpty();
        assertThat(made.err()).startsWith("host data for provider V").hasLineCount(1);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(file))))
                .isEqualTo("rw-------");
        Ended before = run("health", "--host-data", file);
        assertThat(before.code()).isEqualTo(1);
        assertThat(before.err()).isEqualTo("in-memory: it is not running: nobody listens to its health questions\n");

        Process process = started("--host-data", file);
        try {
            Await.until("it is healthy", PATIENCE, () -> isHealthy(file));
        } finally {
            process.destroyForcibly();
        }
    }

    private boolean isHealthy(String file) {
        try {
            return run("health", "--host-data", file).equals(new Ended(0, "in-memory: healthy\n", ""));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Test
    void saysThatNatsIsAway() throws Exception {
        Ended made = run("host-data", "--nats", "nats://127.0.0.1:1");
        assertThat(HostData.parse(made.out()).nats().url()).isEqualTo("nats://127.0.0.1:1");
        Path file = Files.writeString(folder.resolve("host-data"), made.out());
        Ended ended = run("health", "--host-data", file.toString());
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("127.0.0.1:1").hasLineCount(1);
    }

    @Test
    void saysWhatHealthNeeds() throws Exception {
        assertThat(run("health").err()).contains("--host-data FILE").hasLineCount(1);
        assertThat(run("health", "--host-data", "/nowhere").err())
                .isEqualTo("in-memory: cannot read host data: there is no file /nowhere\n");
    }
}
