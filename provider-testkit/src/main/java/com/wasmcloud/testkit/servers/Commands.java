package com.wasmcloud.testkit.servers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Short-lived commands of the operating system. */
public final class Commands {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private Commands() {}

    /** How a command ended: its exit code, and what it printed on both streams. */
    public record Outcome(int code, String output) {}

    /** Runs a command with empty input to its end. */
    public static Outcome run(List<String> command) throws IOException {
        return run(command, PATIENCE);
    }

    /** The same with a limit of the caller's. */
    public static Outcome run(List<String> command, Duration limit) throws IOException {
        Path output = Files.createTempFile("wasmcloud-command-", ".log");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(output.toFile())
                    .start();
            if (!ended(process, limit)) {
                process.destroyForcibly();
                throw new IOException("'%s' did not end within %d s: %s"
                        .formatted(String.join(" ", command), limit.toSeconds(), Files.readString(output)));
            }
            return new Outcome(
                    process.exitValue(), new String(Files.readAllBytes(output), StandardCharsets.UTF_8).strip());
        } finally {
            Files.deleteIfExists(output);
        }
    }

    /** Runs a command that has to succeed. */
    public static String check(String... command) throws IOException {
        Outcome outcome = run(List.of(command));
        if (outcome.code() != 0) {
            throw new IOException("'%s' failed with code %d: %s"
                    .formatted(String.join(" ", command), outcome.code(), outcome.output()));
        }
        return outcome.output();
    }

    /** Waits for the end of a process; false when it lives on after the limit. */
    public static boolean ended(Process process, Duration limit) {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
            throw new IllegalStateException("interrupted while waiting for a process to end", interruption);
        }
    }

    /** Numeric user and group of this process, as {@code 0:0}. */
    public static String userAndGroup() {
        try {
            return check("id", "-u") + ":" + check("id", "-g");
        } catch (IOException failure) {
            throw new IllegalStateException("cannot find out who this process runs as", failure);
        }
    }
}
