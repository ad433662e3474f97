package com.wasmcloud.benchmarks.candidate;

import com.wasmcloud.benchmarks.report.ProcFs;
import com.wasmcloud.wasmbus.HealthCheckResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A candidate as a process, started as a host starts a provider and seen healthy. It ends when it is closed, and with
 * this JVM at the latest. Used by one thread.
 */
public final class CandidateProcess implements AutoCloseable {
    private static final Duration HEALTHY_WITHIN = Duration.ofSeconds(60);
    /** Characters of what a program printed that are told when it fails. */
    private static final int MOST_PRINTED = 4_000;

    private static final Duration ENDS_WITHIN = Duration.ofSeconds(2);
    private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(1);
    /** By then, a program that was frozen knows which of its connections are gone. */
    private static final Duration NOTICES_WITHIN = Duration.ofMillis(500);

    private final Candidate candidate;
    private final Host host;
    private final Process process;
    private final Path output;
    private final Thread endsWithUs;
    private final Duration start;
    private final Duration startCpu;

    private CandidateProcess(Candidate candidate, Host host) throws IOException, InterruptedException {
        this.candidate = candidate;
        this.host = host;
        output = Files.createTempFile("benchmark-", ".log");
        ProcessBuilder builder = new ProcessBuilder(candidate.command())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().clear();
        long begin = System.nanoTime();
        process = builder.start();
        endsWithUs = new Thread(this::kill, "end " + candidate.name());
        Runtime.getRuntime().addShutdownHook(endsWithUs);
        try {
            try (OutputStream in = process.getOutputStream()) {
                in.write(candidate.input().getBytes(StandardCharsets.US_ASCII));
            }
            awaitHealth(begin);
            start = Duration.ofNanos(System.nanoTime() - begin);
            startCpu = cpu();
        } catch (IOException | RuntimeException | InterruptedException e) {
            close();
            throw e;
        }
    }

    /**
     * Starts a candidate and waits until it says that it is healthy.
     *
     * @throws IllegalStateException when it ends or does not get healthy, with what it printed
     */
    public static CandidateProcess start(Candidate candidate, Host host) throws IOException, InterruptedException {
        return new CandidateProcess(candidate, host);
    }

    private void awaitHealth(long begin) throws IOException, InterruptedException {
        String answer = "nothing";
        while (System.nanoTime() - begin < HEALTHY_WITHIN.toNanos()) {
            if (!process.isAlive()) {
                throw new IllegalStateException(candidate.name() + " ended with code " + process.exitValue()
                        + " instead of getting healthy: " + printed());
            }
            Optional<HealthCheckResponse> health = host.health(candidate.subject());
            if (health.isPresent()) {
                if (health.get().healthy()) {
                    return;
                }
                answer = health.get().message().orElse("not healthy");
            }
            TimeUnit.NANOSECONDS.sleep(BETWEEN_QUESTIONS.toNanos());
        }
        throw new IllegalStateException(candidate.name() + " did not get healthy within " + HEALTHY_WITHIN.toSeconds()
                + " s; it last said: " + answer + "; it printed: " + printed());
    }

    /** What runs in it. */
    public Candidate candidate() {
        return candidate;
    }

    /** The last lines that it has printed so far. */
    public String printed() throws IOException {
        String all = Files.readString(output);
        return all.substring(Math.max(0, all.length() - MOST_PRINTED));
    }

    /** From the start of the process to its first answer that it is healthy. */
    public Duration start() {
        return start;
    }

    /** CPU time that the process had used by then. */
    public Duration startCpu() {
        return startCpu;
    }

    /** CPU time so far, user and system, in ticks of the kernel: 10 ms each on Linux. */
    public Duration cpu() {
        return all().map(handle -> handle.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** Resident memory in MiB. */
    public double residentMebibytes() {
        return all().mapToDouble(handle -> ProcFs.residentMebibytes(handle.pid()))
                .sum();
    }

    /** Stops it where it is, so that it takes nothing from the one that is measured, until {@link #thaw}. */
    public void freeze() throws IOException, InterruptedException {
        signal("-STOP");
    }

    /** Lets it go on, and waits until it is healthy: one that was frozen for long has to make its connections again. */
    public void thaw() throws IOException, InterruptedException {
        signal("-CONT");
        TimeUnit.NANOSECONDS.sleep(NOTICES_WITHIN.toNanos());
        awaitHealth(System.nanoTime());
    }

    private void signal(String name) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("kill", name));
        all().forEach(handle -> command.add(Long.toString(handle.pid())));
        int code = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (code != 0) {
            throw new IllegalStateException("cannot send " + name + " to " + candidate.name());
        }
    }

    /** The process, and those that it started should it be a wrapper. */
    private Stream<ProcessHandle> all() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants());
    }

    private void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** Asks the process to stop, as a host would, and ends it if it does not. */
    @Override
    public void close() throws IOException, InterruptedException {
        if (process.isAlive()) {
            signal("-CONT");
        }
        host.stop(candidate.subject());
        if (!process.waitFor(ENDS_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
            kill();
            process.waitFor();
        }
        Runtime.getRuntime().removeShutdownHook(endsWithUs);
        Files.deleteIfExists(output);
    }
}
