package com.wasmcloud.testkit.host;

import com.wasmcloud.testkit.CapturedText;
import com.wasmcloud.testkit.servers.AtExit;
import com.wasmcloud.testkit.servers.Commands;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A provider's executable, running as a process of its own and started just as one family of hosts starts it.
 *
 * <p>Thread-safe. Owned by whoever started it: closing kills the process, and so does the end of the JVM.
 */
public final class ProviderProcess implements AutoCloseable {
    /** How long the Rust hosts and the harness leave standard input open. */
    private static final Duration INPUT_CLOSES_AFTER = Duration.ofMillis(70);

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Process process;
    private final CapturedText output;
    private final CapturedText log;
    private final AtExit atExit;

    private ProviderProcess(Process process) {
        this.process = process;
        this.output = CapturedText.of(process.getInputStream());
        this.log = CapturedText.of(process.getErrorStream());
        this.atExit = AtExit.run(process::destroyForcibly);
    }

    /**
     * What the process has used so far.
     *
     * @param cpu time on processors, in steps of 10 ms on Linux
     * @param residentBytes memory that it holds right now; 0 where there is no {@code /proc}
     */
    public record Usage(Duration cpu, long residentBytes) {}

    /**
     * Starts an executable.
     *
     * @param line what the host writes to standard input, line break included; it may be anything at all
     * @throws UncheckedIOException when it cannot be started
     */
    public static ProviderProcess start(Path executable, HostForm form, String line) {
        return start(executable, form, line, Map.of());
    }

    /** The same with more variables in the host's environment. */
    static ProviderProcess start(Path executable, HostForm form, String line, Map<String, String> ofHost) {
        ProcessBuilder builder = new ProcessBuilder(command(executable, form));
        environment(form, builder.environment(), ofHost);
        try {
            ProviderProcess provider = owning(builder.start());
            provider.write(line, form);
            return provider;
        } catch (IOException failure) {
            throw new UncheckedIOException(
                    "cannot start the provider %s: %s".formatted(executable, failure.getMessage()), failure);
        }
    }

    private static ProviderProcess owning(Process process) {
        try {
            return new ProviderProcess(process);
        } catch (IllegalStateException ending) {
            process.destroyForcibly();
            throw ending;
        }
    }

    private static List<String> command(Path executable, HostForm form) {
        String path = executable.toAbsolutePath().toString();
        return form == HostForm.OTP ? List.of("/bin/sh", "-c", "exec " + path) : List.of(path);
    }

    private static void environment(HostForm form, Map<String, String> environment, Map<String, String> ofHost) {
        if (form == HostForm.RUST) {
            environment.clear();
            for (String name : List.of("OTEL_TRACES_EXPORTER", "OTEL_EXPORTER_OTLP_ENDPOINT")) {
                environment.put(name, ofHost.getOrDefault(name, ""));
            }
        } else {
            environment.putAll(ofHost);
        }
        if (form == HostForm.HARNESS) {
            environment.put("RUST_BACKTRACE", "0");
        }
        if (form != HostForm.OTP) {
            environment.put("RUST_LOG", "info");
        }
    }

    /** On a thread of its own, for a provider that does not read must not stop the test. */
    private void write(String line, HostForm form) {
        Thread writer = new Thread(
                () -> {
                    try {
                        OutputStream input = process.getOutputStream();
                        input.write(line.getBytes(StandardCharsets.UTF_8));
                        input.flush();
                        if (form != HostForm.OTP) {
                            Thread.sleep(INPUT_CLOSES_AFTER.toMillis());
                            input.close();
                        }
                    } catch (IOException ended) {
                        // a provider may end without reading all of it; its exit code and log tell why
                    } catch (InterruptedException end) {
                        Thread.currentThread().interrupt();
                    }
                },
                "provider-input");
        writer.setDaemon(true);
        writer.start();
    }

    /** The id of the process, which is the provider itself and no script around it. */
    public long pid() {
        return process.pid();
    }

    /** Whether it lives. */
    public boolean running() {
        return process.isAlive();
    }

    /** What it has written to standard output, which should be nothing. */
    public String output() {
        return output.text();
    }

    /** What it has written to standard error; of more than some millions of characters the end. */
    public String log() {
        return log.text();
    }

    /**
     * Hands over every line of standard error, those from before at once and the others as they come, by a thread of this
     * object. A later call takes the place of an earlier one.
     */
    public void followLog(Consumer<String> lines) {
        log.follow(lines);
    }

    /**
     * Waits for it to end, 20 seconds at the most, and until all its output has been read.
     *
     * @return its exit code; 128 and the signal's number more when a signal ended it
     * @throws AssertionError when it lives on
     */
    public int awaitExit() {
        if (!Commands.ended(process, PATIENCE)) {
            throw new AssertionError(
                    "the provider did not end within %d s; its log: %s".formatted(PATIENCE.toSeconds(), log()));
        }
        output.awaitEnd(PATIENCE);
        log.awaitEnd(PATIENCE);
        return process.exitValue();
    }

    /** Asks it to end, with SIGTERM. */
    public void terminate() {
        process.toHandle().destroy(); // the other way to do it would close its output, and what it says last is lost
    }

    /** Ends it, with SIGKILL, and waits for that. */
    public void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    /** What it uses. */
    public Usage usage() {
        Duration cpu = process.info().totalCpuDuration().orElse(Duration.ZERO);
        return new Usage(cpu, residentBytes());
    }

    private long residentBytes() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid()), "status"))) {
                if (line.startsWith("VmRSS:")) {
                    return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
                }
            }
            return 0;
        } catch (IOException gone) {
            return 0;
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        Commands.ended(process, PATIENCE);
        atExit.cancel();
    }
}
