package com.wasmcloud.testkit.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wasmcloud.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProviderProcessTest {
    private final Path folder;

    ProviderProcessTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void clearsTheEnvironmentAsHostsInRustDo() throws IOException {
        try (ProviderProcess process = ProviderProcess.start(script("/usr/bin/env >&2"), HostForm.RUST, "line\n")) {
            assertThat(process.awaitExit()).isZero();
            // what is between the marks is added by the shell itself
            assertThat(process.log().lines().filter(line -> !line.matches("(PWD|SHLVL|_|OLDPWD)=.*")))
                    .containsExactlyInAnyOrder(
                            "OTEL_TRACES_EXPORTER=", "OTEL_EXPORTER_OTLP_ENDPOINT=", "RUST_LOG=info");
        }
    }

    @Test
    void inheritsTheEnvironmentAsHostsInElixirDo() throws IOException {
        try (ProviderProcess process = ProviderProcess.start(script("echo $PATH >&2"), HostForm.OTP, "line\n")) {
            assertThat(process.awaitExit()).isZero();
            assertThat(process.log()).isEqualTo(System.getenv("PATH") + "\n");
        }
    }

    @Test
    void closesStandardInputSoonAfterTheLineAsHostsInRustDo() throws IOException {
        Path readsToTheEnd = script("cat >&2; echo end >&2");
        try (ProviderProcess process = ProviderProcess.start(readsToTheEnd, HostForm.RUST, "the line\r\n")) {
            assertThat(process.awaitExit()).isZero();
            assertThat(process.log()).isEqualTo("the line\r\nend\n");
        }
    }

    @Test
    void leavesStandardInputOpenAsHostsInElixirDo() throws IOException {
        Path readsTwice = script("read line; echo \"$line\" >&2; read more; echo end >&2");
        try (ProviderProcess process = ProviderProcess.start(readsTwice, HostForm.OTP, "the line\n")) {
            Await.until("the line was read", () -> process.log().equals("the line\n"));
            assertThat(process.running()).isTrue();
        }
    }

    @Test
    void isTheProviderItselfAndNoShellAroundIt() throws IOException {
        Path tellsItsId = script("echo $$ >&2; read line");
        try (ProviderProcess process = ProviderProcess.start(tellsItsId, HostForm.OTP, "")) {
            Await.until("it has told its id", () -> process.log().endsWith("\n"));
            assertThat(process.log().strip()).isEqualTo(Long.toString(process.pid()));
        }
    }

    @Test
    void keepsOutputAndLogApartAndTellsTheExitCode() throws IOException {
        try (ProviderProcess process =
                ProviderProcess.start(script("echo out; echo größer >&2; exit 3"), HostForm.RUST, "line\n")) {
            assertThat(process.awaitExit()).isEqualTo(3);
            assertThat(process.output()).isEqualTo("out\n");
            assertThat(process.log()).isEqualTo("größer\n");
        }
    }

    @Test
    void endsItPolitelyOrNot() throws IOException {
        Path stubborn = script("trap 'exit 7' TERM; echo ready >&2; while :; do read line; done");
        try (ProviderProcess process = ProviderProcess.start(stubborn, HostForm.OTP, "")) {
            Await.until("it is ready", () -> process.log().equals("ready\n"));
            process.terminate();
            assertThat(process.awaitExit()).isEqualTo(7);
        }
        try (ProviderProcess process = ProviderProcess.start(stubborn, HostForm.OTP, "")) {
            process.kill();
            assertThat(process.running()).isFalse();
            assertThat(process.awaitExit()).isEqualTo(128 + 9);
        }
    }

    @Test
    void tellsWhatTheProcessUses() throws IOException {
        Path busy = script("read line; while :; do :; done");
        try (ProviderProcess process = ProviderProcess.start(busy, HostForm.OTP, "line\n")) {
            assertThat(process.usage().residentBytes()).isPositive();
            Await.until("it has used the processor", () -> process.usage().cpu().toMillis() >= 20);
        }
    }

    @Test
    void saysWhatCannotBeStarted() {
        Path missing = folder.resolve("missing");

        assertThatThrownBy(() -> ProviderProcess.start(missing, HostForm.RUST, "line\n"))
                .hasMessageStartingWith("cannot start the provider %s: ", missing);
    }

    private Path script(String commands) throws IOException {
        Path file = Files.writeString(folder.resolve("provider"), "#!/bin/sh\n" + commands + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }
}
