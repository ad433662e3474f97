package com.wasmcloud.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.testkit.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoEndTest {
    private final Path folder;

    DemoEndTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @ParameterizedTest(name = "Ctrl-C reaches every process, as in a terminal: {0}")
    @ValueSource(booleans = {false, true})
    void leavesNothingBehindAfterAnInterruption(boolean asInATerminal) throws Exception {
        try (DemoProcess demo = DemoProcess.start(folder)) {
            assertThat(demo.get("/api/counter/tea")).isEqualTo("200 {\"counter\":1}");
            List<ProcessHandle> children = demo.children();
            assertThat(children).hasSize(3 + Part.values().length);
            assertThat(demo.files()).isNotEmptyDirectory();

            List<Long> interrupted = new ArrayList<>(List.of(demo.pid()));
            for (ProcessHandle child : children) {
                if (asInATerminal && group(child.pid()).equals(group(demo.pid()))) {
                    interrupted.add(child.pid());
                }
            }
            interrupt(interrupted);

            assertThat(demo.awaitExit()).isZero();
            assertThat(demo.output()).contains("Everything is stopped and its files are removed.");
            assertThat(demo.errors()).isEmpty();
            Await.until("no child is left", () -> children.stream().noneMatch(ProcessHandle::isAlive));
            try (var files = Files.list(demo.files())) {
                assertThat(files.filter(
                                file -> String.valueOf(file.getFileName()).startsWith("wasmcloud")))
                        .isEmpty();
            }
        }
    }

    @Test
    void saysThatThePortIsInUse() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            assertThat(failure(port, Map.of()))
                    .isEqualTo("The demo cannot run: cannot listen on port %d of 127.0.0.1 (Address already in use);"
                                    .formatted(port)
                            + " choose another one with ./demo.sh --port N\n");
        }
    }

    @Test
    void saysThatAServerIsMissing() throws Exception {
        assertThat(failure(DemoProcess.freePort(), Map.of("NATS_SERVER", "/nowhere/nats-server")))
                .isEqualTo("The demo cannot run: NATS_SERVER names '/nowhere/nats-server', which is no executable"
                        + " file\n");
    }

    @Test
    void saysThatAProviderIsMissing() throws Exception {
        assertThat(failure(DemoProcess.freePort(), Map.of(), "--httpserver-provider", "/nowhere/provider"))
                .isEqualTo("The demo cannot run: there is no executable /nowhere/provider; './demo.sh' or"
                        + " 'mvn -B -Dquick package' builds it\n");
    }

    @Test
    void saysWhyAProviderDoesNotStart() throws Exception {
        assertThat(failure(DemoProcess.freePort(), Map.of(), "--httpserver-provider", "/bin/false"))
                .isEqualTo("The demo cannot run: false does not serve: the provider ended with code 1:\n");
    }

    /** What it says when it cannot run. */
    private String failure(int port, Map<String, String> environment, String... arguments) throws Exception {
        try (DemoProcess demo = DemoProcess.launch(folder, port, environment, arguments)) {
            assertThat(demo.awaitExit()).isEqualTo(1);
            assertThat(demo.children()).isEmpty();
            assertThat(demo.files()).isEmptyDirectory();
            return demo.errors();
        }
    }

    private static void interrupt(List<Long> pids) throws IOException, InterruptedException {
        String all = pids.stream().map(pid -> Long.toString(pid)).collect(Collectors.joining(" "));
        String command = "kill -%s %s".formatted(isInterruptible() ? "INT" : "TERM", all);
        assertThat(new ProcessBuilder("/bin/sh", "-c", command).start().waitFor())
                .isZero();
    }

    /** The group of a process, which a terminal interrupts as one; the same for all where there is no /proc. */
    private static String group(long pid) throws IOException {
        Path stat = Path.of("/proc", Long.toString(pid), "stat");
        return Files.exists(stat)
                ? Files.readString(stat).replaceFirst("(?s).*\\) ", "").split(" ", -1)[2]
                : "";
    }

    /** False when a shell started this build in the background: then no process below it can be interrupted. */
    private static boolean isInterruptible() throws IOException {
        Path status = Path.of("/proc/self/status");
        int interruption = 1 << (2 - 1);
        return !Files.exists(status)
                || Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .allMatch(line -> (Long.parseLong(line.substring(7).strip(), 16) & interruption) == 0);
    }
}
