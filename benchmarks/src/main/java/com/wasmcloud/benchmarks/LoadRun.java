package com.wasmcloud.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Measures candidates side by side: all are up for the whole time, and each is measured once in every round, in an order
 * that turns from round to round, so that a machine which gets slower in between does so for all of them. Used by one
 * thread.
 */
final class LoadRun {
    private static final Duration SETTLE = Duration.ofMillis(300);
    private static final int CALLERS_FOR_MEMORY = 64;

    private final Host host;
    private final List<Candidate> candidates;
    private final Options options;
    private final PrintStream progress;
    private final Medians<Cell> medians = new Medians<>();

    /** What a number is about; 0 callers for what does not depend on them. */
    private record Cell(String candidate, int callers, Unit unit) {}

    private enum Unit {
        CALLS_PER_SECOND,
        P50_MILLIS,
        P99_MILLIS,
        CPU_MICROS,
        OWN_CPU_MICROS,
        START_MILLIS,
        START_CPU_MILLIS,
        FIRST_CALL_MILLIS,
        IDLE_MEBIBYTES,
        USED_MEBIBYTES
    }

    /**
     * @param candidates the bare echo first, the naked responder second
     * @param progress is told what is being done
     */
    LoadRun(Host host, List<Candidate> candidates, Options options, PrintStream progress) {
        this.host = host;
        this.candidates = List.copyOf(candidates);
        this.options = options;
        this.progress = progress;
    }

    /** Measures everything and gives the tables. */
    String run() throws IOException, InterruptedException {
        StringBuilder tables = new StringBuilder();
        if (options.rounds() > 0) {
            measureLoad();
            tables.append(loadTable());
        }
        if (options.starts() > 0) {
            measureStarts();
            tables.append(tables.isEmpty() ? "" : "\n").append(processTable());
        }
        return tables.toString();
    }

    private void measureLoad() throws IOException, InterruptedException {
        List<Contestant> contestants = new ArrayList<>();
        try {
            for (Candidate candidate : candidates) {
                progress.println("warming up: " + candidate.name());
                Contestant contestant = new Contestant(candidate);
                contestants.add(contestant);
                contestant.load.run(Collections.max(options.callers()), options.warmUp());
            }
            List<Contestant> order = new ArrayList<>(contestants);
            for (int round = 1; round <= options.rounds(); round++) {
                for (int callers : options.callers()) {
                    progress.println("round " + round + " of " + options.rounds() + ", " + callers + " callers");
                    for (Contestant contestant : order) {
                        measure(contestant, callers);
                    }
                }
                Collections.rotate(order, 1);
            }
        } finally {
            for (Contestant contestant : contestants) {
                contestant.close();
            }
        }
    }

    private void measure(Contestant contestant, int callers) throws IOException, InterruptedException {
        contestant.load.run(callers, SETTLE);
        Duration cpuBefore = contestant.process.cpu();
        Duration ownBefore = ownCpu();
        Sample sample = contestant.load.run(callers, options.timed());
        Duration own = ownCpu().minus(ownBefore);
        Duration cpu = contestant.process.cpu().minus(cpuBefore);
        String name = contestant.process.candidate().name();
        medians.add(new Cell(name, callers, Unit.CALLS_PER_SECOND), sample.callsPerSecond());
        medians.add(new Cell(name, callers, Unit.P50_MILLIS), sample.p50Millis());
        medians.add(new Cell(name, callers, Unit.P99_MILLIS), sample.p99Millis());
        medians.add(new Cell(name, callers, Unit.CPU_MICROS), micros(cpu) / sample.calls());
        medians.add(new Cell(name, callers, Unit.OWN_CPU_MICROS), micros(own) / sample.calls());
    }

    private void measureStarts() throws IOException, InterruptedException {
        for (int start = 1; start <= options.starts(); start++) {
            progress.println("start " + start + " of " + options.starts());
            for (Candidate candidate : candidates) {
                try (Contestant contestant = new Contestant(candidate)) {
                    CandidateProcess process = contestant.process;
                    add(candidate, Unit.START_MILLIS, process.start().toNanos() / 1e6);
                    add(candidate, Unit.START_CPU_MILLIS, process.startCpu().toNanos() / 1e6);
                    add(candidate, Unit.FIRST_CALL_MILLIS, contestant.firstCall.toNanos() / 1e6);
                    TimeUnit.SECONDS.sleep(1); // what a program does after it got healthy belongs to an idle one
                    add(candidate, Unit.IDLE_MEBIBYTES, process.residentMebibytes());
                    if (start == options.starts()) {
                        for (int calls = 0; calls < options.callsPerStart(); ) {
                            calls += contestant
                                    .load
                                    .run(CALLERS_FOR_MEMORY, SETTLE)
                                    .calls();
                        }
                        add(candidate, Unit.USED_MEBIBYTES, process.residentMebibytes());
                    }
                }
            }
        }
    }

    private void add(Candidate candidate, Unit unit, double number) {
        medians.add(new Cell(candidate.name(), 0, unit), number);
    }

    private String loadTable() {
        Table table = new Table(
                "callers, program",
                "calls/s",
                "x naked",
                "x echo",
                "p50 ms",
                "p99 ms",
                "CPU us/call",
                "generator us/call");
        String echo = candidates.get(0).name();
        String naked = candidates.get(1).name();
        for (int callers : options.callers()) {
            for (Candidate candidate : candidates) {
                String name = candidate.name();
                double rate = of(name, callers, Unit.CALLS_PER_SECOND);
                table.row(
                        callers + ", " + name,
                        shown("%,.0f", rate),
                        shown("%.2f", rate / of(naked, callers, Unit.CALLS_PER_SECOND)),
                        shown("%.2f", rate / of(echo, callers, Unit.CALLS_PER_SECOND)),
                        shown("%.2f", of(name, callers, Unit.P50_MILLIS)),
                        shown("%.2f", of(name, callers, Unit.P99_MILLIS)),
                        shown("%.1f", of(name, callers, Unit.CPU_MICROS)),
                        shown("%.1f", of(name, callers, Unit.OWN_CPU_MICROS)));
            }
        }
        return table.toString();
    }

    private String processTable() {
        Table table = new Table(
                "program",
                "start to healthy, ms",
                "x echo",
                "CPU of that, ms",
                "to first calls, ms",
                "idle, MiB",
                "after %,d calls, MiB".formatted(options.callsPerStart()));
        double echo = of(candidates.get(0).name(), 0, Unit.START_MILLIS);
        for (Candidate candidate : candidates) {
            String name = candidate.name();
            double start = of(name, 0, Unit.START_MILLIS);
            table.row(
                    name,
                    shown("%.0f", start),
                    shown("%.2f", start / echo),
                    shown("%.0f", of(name, 0, Unit.START_CPU_MILLIS)),
                    shown("%.0f", of(name, 0, Unit.FIRST_CALL_MILLIS)),
                    shown("%.0f", of(name, 0, Unit.IDLE_MEBIBYTES)),
                    shown("%.0f", of(name, 0, Unit.USED_MEBIBYTES)));
        }
        return table.toString();
    }

    private double of(String candidate, int callers, Unit unit) {
        return medians.of(new Cell(candidate, callers, unit));
    }

    private static String shown(String format, double number) {
        return Double.isNaN(number) ? "-" : String.format(Locale.ROOT, format, number);
    }

    private static double micros(Duration duration) {
        return duration.toNanos() / 1e3;
    }

    private static Duration ownCpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** A candidate's process and the load on it. */
    private final class Contestant implements AutoCloseable {
        final CandidateProcess process;
        final Load load;
        /** From the start of the process to the answers of one or two calls, made as soon as it was healthy. */
        final Duration firstCall;

        Contestant(Candidate candidate) throws IOException, InterruptedException {
            process = CandidateProcess.start(candidate, host);
            try {
                long healthy = System.nanoTime();
                load = candidate.load().open();
                load.run(1, Duration.ZERO);
                firstCall = process.start().plusNanos(System.nanoTime() - healthy);
            } catch (IOException | RuntimeException | InterruptedException e) {
                process.close();
                throw e;
            }
        }

        @Override
        public void close() throws IOException, InterruptedException {
            load.close();
            process.close();
        }
    }
}
