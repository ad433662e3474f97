package com.wasmcloud.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.servers.Commands;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The containers of compose.yaml, where an engine answers. The images are built first, which takes minutes;
 * {@code -Ddemo.images=present} takes those that are there.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ComposeTest {
    private static final Duration START = Duration.ofMinutes(20);
    private static final Duration RETURN = Duration.ofMinutes(2);

    private Path folder = Path.of("");
    private int port;
    private boolean up;

    @BeforeAll
    void start(@TempDir Path temporary) throws IOException {
        folder = temporary;
        boolean answers = isThere("docker", "compose", "version") && isThere("docker", "version");
        if (!answers) {
            String reason = "no container engine with Compose answers";
            System.out.println("ComposeTest is skipped: " + reason);
            Assumptions.abort(reason);
        }
        port = DemoProcess.freePort();
        up = true;
        boolean present = "present".equals(System.getProperty("demo.images"));
        Outcome outcome = compose(START, "up", "--detach", present ? "--no-build" : "--build");
        assertThat(outcome.code).as(outcome.output).isZero();
        Await.until("the page is there", RETURN, () -> get("/").startsWith("200 "));
    }

    @AfterAll
    void stop() throws IOException {
        if (up) {
            compose(RETURN, "down", "--volumes", "--timeout", "15");
        }
    }

    @Test
    void countsAndKeepsLargeFiles() throws IOException {
        byte[] content = noise(5_000_000);

        assertThat(get("/api/counter/first")).isEqualTo("200 {\"counter\":1}");
        assertThat(get("/api/counter/first")).isEqualTo("200 {\"counter\":2}");
        assertThat(DemoProcess.put(uri("/files/large"), content, "image/png"))
                .isEqualTo("201 {\"stored\":\"large\",\"bytes\":5000000}");
        assertThat(DemoProcess.file(uri("/files/large")).body()).isEqualTo(content);
    }

    @Test
    void saysThatAllProvidersAreHealthy() {
        Await.until(
                "all are healthy",
                RETURN,
                () -> get("/api/status").split("\"state\":\"healthy\"", -1).length == Part.values().length + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://valkey:6379/", "http://actor/", "http://127.0.0.1/", "http://169.254.169.254/"})
    void fetchesNothingOfItsOwnNetworks(String url) {
        Await.until("it is refused", RETURN, () -> {
            String answer = DemoProcess.post(uri("/api/fetch"), url);
            return answer.startsWith("502 ") && answer.contains("networks");
        });
    }

    @Test
    void publishesThePageOnly() throws IOException {
        Outcome outcome = compose(RETURN, "ps", "--format", "{{.Service}} {{.Ports}}");

        assertThat(outcome.output.lines().filter(line -> line.contains("->")))
                .singleElement()
                .asString()
                .contains("httpserver-provider", "127.0.0.1:%d->8080".formatted(port));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "valkey",
                "nats",
                "s3",
                "keyvalue-redis-provider",
                "blobstore-s3-provider",
                "logging-provider",
                "httpclient-provider",
                "httpserver-provider",
                "actor"
            })
    void losesNothingOverTheKillOf(String service) throws IOException {
        byte[] content = noise(100_000);
        String file = "/files/over-" + service;
        String counter = "/api/counter/over-" + service;
        Await.until("it counts", RETURN, () -> get(counter).startsWith("200 "));
        Await.until("it keeps a file", RETURN, () -> DemoProcess.put(uri(file), content, "text/plain")
                .startsWith("201 "));
        int before = number(get(counter));

        assertThat(compose(RETURN, "kill", "-s", "KILL", service).code).isZero();
        assertThat(compose(RETURN, "start", service).code).isZero();

        Await.until("it counts on", RETURN, () -> get(counter).startsWith("200 "));
        assertThat(number(get(counter))).isGreaterThan(before);
        Await.until("the file is there", RETURN, () -> get(file).startsWith("200 "));
        assertThat(DemoProcess.file(uri(file)).body()).isEqualTo(content);
    }

    @Test
    void saysThatThePortIsInUse() throws IOException {
        int used = port;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort();
            Outcome outcome = compose(RETURN, "up", "--detach", "--no-build", "--no-deps", "httpserver-provider");
            assertThat(outcome.code).isNotZero();
            assertThat(outcome.output)
                    .contains(Integer.toString(port))
                    .containsAnyOf("port is already allocated", "address already in use");
        } finally {
            port = used;
        }
        assertThat(compose(RETURN, "up", "--detach", "--no-build", "--no-deps", "httpserver-provider").code)
                .isZero();
        Await.until("the page is there again", RETURN, () -> get("/").startsWith("200 "));
    }

    private record Outcome(int code, String output) {}

    private Outcome compose(Duration limit, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("docker", "compose", "--project-name", "wasmcloud-java-demo-test"));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(folder, "compose", ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(Path.of("..").toFile())
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(output.toFile());
        builder.environment().putAll(Map.of("DEMO_PORT", Integer.toString(port)));
        Process process = builder.start();
        boolean ended = Commands.ended(process, limit);
        if (!ended) {
            process.destroyForcibly();
        }
        return new Outcome(ended ? process.exitValue() : -1, Files.readString(output));
    }

    private static boolean isThere(String... command) {
        try {
            return Commands.run(List.of(command)).code() == 0;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }

    private String get(String path) {
        return DemoProcess.get(uri(path));
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:%d%s".formatted(port, path));
    }

    private static int number(String answer) {
        return Integer.parseInt(answer.replaceAll(".*:|\\D*$", ""));
    }

    private static byte[] noise(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
