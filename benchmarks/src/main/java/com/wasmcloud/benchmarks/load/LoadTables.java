package com.wasmcloud.benchmarks.load;

import com.wasmcloud.benchmarks.candidate.Candidate;
import com.wasmcloud.benchmarks.candidate.Candidate.Role;
import com.wasmcloud.benchmarks.candidate.Sample;
import com.wasmcloud.benchmarks.candidate.Workload;
import com.wasmcloud.benchmarks.report.Medians;
import com.wasmcloud.benchmarks.report.Table;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Collects what a load run measures, and shows it. Used by one thread. */
final class LoadTables {
    private static final Workload NO_WORK = Workload.calls("", 0);

    private final List<Candidate> candidates;
    private final List<Workload> workloads;
    private final Medians<Cell> medians = new Medians<>();

    /** What a number is about. */
    private record Cell(String candidate, Workload work, Unit unit) {}

    private enum Unit {
        RATE,
        P50_MILLIS,
        P99_MILLIS,
        CPU_MILLIS,
        START_MILLIS,
        START_CPU_MILLIS,
        FIRST_CALLS_MILLIS,
        IDLE_MEBIBYTES,
        USED_MEBIBYTES,
        RESTED_MEBIBYTES
    }

    LoadTables(List<Candidate> candidates, List<Workload> workloads) {
        this.candidates = List.copyOf(candidates);
        this.workloads = List.copyOf(workloads);
    }

    void add(Candidate candidate, Workload work, Sample sample, Duration cpu) {
        add(candidate, work, Unit.RATE, work.rate(sample));
        add(candidate, work, Unit.P50_MILLIS, sample.p50Millis());
        add(candidate, work, Unit.P99_MILLIS, sample.p99Millis());
        add(candidate, work, Unit.CPU_MILLIS, millis(cpu) / sample.calls() / Math.max(1, work.mebibytes()));
    }

    void started(Contestant contestant) {
        Candidate candidate = contestant.candidate();
        add(candidate, NO_WORK, Unit.START_MILLIS, millis(contestant.process().start()));
        add(
                candidate,
                NO_WORK,
                Unit.START_CPU_MILLIS,
                millis(contestant.process().startCpu()));
        add(candidate, NO_WORK, Unit.FIRST_CALLS_MILLIS, millis(contestant.firstCalls()));
    }

    void idle(Contestant contestant) {
        memory(contestant, Unit.IDLE_MEBIBYTES);
    }

    void used(Contestant contestant) {
        memory(contestant, Unit.USED_MEBIBYTES);
    }

    void rested(Contestant contestant) {
        memory(contestant, Unit.RESTED_MEBIBYTES);
    }

    private void memory(Contestant contestant, Unit when) {
        add(contestant.candidate(), NO_WORK, when, contestant.process().residentMebibytes());
    }

    private void add(Candidate candidate, Workload work, Unit unit, double number) {
        medians.add(new Cell(candidate.name(), work, unit), number);
    }

    /** Rates, times and processor time: a row for each workload and each program that takes it. */
    String load() {
        Table table = new Table(
                2, "call, callers", "program", "rate", "x baseline", "x peer", "p50 ms", "p99 ms", "CPU time");
        for (Workload work : workloads) {
            for (Candidate candidate : candidates) {
                double rate = of(candidate, work, Unit.RATE);
                if (!Double.isNaN(rate)) {
                    String per = work.mebibytes() == 0 ? "/s" : " MiB/s";
                    table.row(
                            work.toString(),
                            candidate.name(),
                            shown("%,.0f" + per, rate),
                            shown("%.2f", rate / first(Role.BASELINE, work)),
                            shown("%.2f", rate / first(Role.PEER, work)),
                            shown("%.2f", of(candidate, work, Unit.P50_MILLIS)),
                            shown("%.2f", of(candidate, work, Unit.P99_MILLIS)),
                            cpu(work, of(candidate, work, Unit.CPU_MILLIS)));
                }
            }
        }
        return table.toString();
    }

    /** The rate of the first program of a role that takes that work. */
    private double first(Role role, Workload work) {
        return candidates.stream()
                .filter(candidate -> candidate.role() == role)
                .mapToDouble(candidate -> of(candidate, work, Unit.RATE))
                .filter(rate -> !Double.isNaN(rate))
                .findFirst()
                .orElse(Double.NaN);
    }

    private static String cpu(Workload work, double millis) {
        return work.mebibytes() == 0 ? shown("%.0f us/call", 1_000 * millis) : shown("%.1f ms/MiB", millis);
    }

    /** Start and memory: a row for each program. */
    String processes(Duration memory) {
        String seconds = "%d s".formatted(memory.toSeconds());
        Table table = new Table(
                1,
                "program",
                "start to healthy, ms",
                "CPU of that, ms",
                "to first calls, ms",
                "idle, MiB",
                "after " + seconds + " of load, MiB",
                "after " + seconds + " of rest, MiB",
                "x idle");
        for (Candidate candidate : candidates) {
            double idle = of(candidate, NO_WORK, Unit.IDLE_MEBIBYTES);
            double rested = of(candidate, NO_WORK, Unit.RESTED_MEBIBYTES);
            table.row(
                    candidate.name(),
                    shown("%.0f", of(candidate, NO_WORK, Unit.START_MILLIS)),
                    shown("%.0f", of(candidate, NO_WORK, Unit.START_CPU_MILLIS)),
                    shown("%.0f", of(candidate, NO_WORK, Unit.FIRST_CALLS_MILLIS)),
                    shown("%.0f", idle),
                    shown("%.0f", of(candidate, NO_WORK, Unit.USED_MEBIBYTES)),
                    shown("%.0f", rested),
                    shown("%.2f", rested / idle));
        }
        return table.toString();
    }

    private double of(Candidate candidate, Workload work, Unit unit) {
        return medians.of(new Cell(candidate.name(), work, unit));
    }

    private static String shown(String format, double number) {
        return Double.isNaN(number) ? "-" : String.format(Locale.ROOT, format, number);
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
    }
}
