package com.wasmcloud.benchmarks.load;

import com.wasmcloud.benchmarks.candidate.Candidate;
import com.wasmcloud.benchmarks.candidate.CandidateProcess;
import com.wasmcloud.benchmarks.candidate.Host;
import com.wasmcloud.benchmarks.candidate.Sample;
import com.wasmcloud.benchmarks.candidate.Workload;
import com.wasmcloud.benchmarks.report.MachineWatch;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Measures candidates side by side: all are up for the whole time, and each is measured once in every round while the
 * others are frozen, in an order that turns from round to round, so that a machine which gets slower in between does so
 * for all of them. Used by one thread.
 */
final class LoadRun {
    private static final Duration SETTLE = Duration.ofMillis(300);
    /** A program that has been started for the first time prepares its later starts; it gets so long for that. */
    private static final Duration FIRST_START = Duration.ofSeconds(30);

    private static final int MOST_CALLERS_FOR_MEMORY = 64;

    private final Host host;
    private final List<Candidate> candidates;
    private final List<Workload> workloads;
    private final LoadOptions options;
    private final PrintStream progress;
    private final LoadTables tables;

    /**
     * @param candidates of each kind of call the baseline comes before the providers
     * @param progress is told what is being done
     */
    LoadRun(
            Host host,
            List<Candidate> candidates,
            List<Workload> workloads,
            LoadOptions options,
            PrintStream progress) {
        this.host = host;
        this.candidates = List.copyOf(candidates);
        this.workloads = List.copyOf(workloads);
        this.options = options;
        this.progress = progress;
        this.tables = new LoadTables(candidates, workloads);
    }

    /** Measures everything and gives the tables. */
    String run() throws IOException, InterruptedException {
        List<String> parts = new ArrayList<>();
        try (MachineWatch machine = MachineWatch.start()) {
            if (options.rounds() > 0) {
                measureLoad();
                parts.add(tables.load());
            }
            if (options.starts() > 0) {
                measureStarts();
                parts.add(tables.processes(options.memory()));
            }
            parts.add(machine.verdict() + "\n");
        }
        return String.join("\n", parts);
    }

    private void measureLoad() throws IOException, InterruptedException {
        List<Contestant> contestants = new ArrayList<>();
        try {
            for (Candidate candidate : candidates) {
                progress.println("warming up: " + candidate.name());
                Contestant contestant = new Contestant(candidate, host);
                contestants.add(contestant);
                warmUp(contestant);
                contestant.process().freeze();
            }
            List<Contestant> order = new ArrayList<>(contestants);
            for (int round = 1; round <= options.rounds(); round++) {
                for (Workload work : workloads) {
                    progress.println("round " + round + " of " + options.rounds() + ": " + work);
                    for (Contestant contestant : order) {
                        if (contestant.takes(work)) {
                            measure(contestant, work);
                        }
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

    private void warmUp(Contestant contestant) throws IOException, InterruptedException {
        for (Workload work : hardest().values()) {
            if (contestant.takes(work)) {
                contestant.run(work, options.warmUp());
            }
        }
    }

    /** The workload with the most callers, of each kind of call. */
    private Map<String, Workload> hardest() {
        Map<String, Workload> hardest = new LinkedHashMap<>();
        workloads.stream()
                .sorted(Comparator.comparingInt(Workload::callers))
                .forEach(work -> hardest.put(work.call(), work));
        return hardest;
    }

    private void measure(Contestant contestant, Workload work) throws IOException, InterruptedException {
        CandidateProcess process = contestant.process();
        process.thaw();
        contestant.run(work, SETTLE);
        Duration before = process.cpu();
        Sample sample = contestant.run(work, options.timed());
        tables.add(contestant.candidate(), work, sample, process.cpu().minus(before));
        process.freeze();
    }

    private void measureStarts() throws IOException, InterruptedException {
        if (options.rounds() == 0) {
            startForTheFirstTime();
        }
        for (int start = 1; start <= options.starts(); start++) {
            progress.println("start " + start + " of " + options.starts());
            for (Candidate candidate : candidates) {
                try (Contestant contestant = new Contestant(candidate, host)) {
                    tables.started(contestant);
                    TimeUnit.SECONDS.sleep(1); // what a program does after it got healthy belongs to an idle one
                    tables.idle(contestant);
                    if (start == options.starts()) {
                        measureMemory(contestant);
                    }
                }
            }
        }
    }

    private void startForTheFirstTime() throws IOException, InterruptedException {
        List<Contestant> contestants = new ArrayList<>();
        try {
            for (Candidate candidate : candidates) {
                progress.println("starting for the first time: " + candidate.name());
                contestants.add(new Contestant(candidate, host));
            }
            TimeUnit.NANOSECONDS.sleep(FIRST_START.toNanos());
        } finally {
            for (Contestant contestant : contestants) {
                contestant.close();
            }
        }
    }

    private void measureMemory(Contestant contestant) throws IOException, InterruptedException {
        progress.println("memory of " + contestant.candidate().name());
        List<Workload> taken =
                hardest().values().stream().filter(contestant::takes).toList();
        for (Workload work : taken) {
            int callers = Math.min(MOST_CALLERS_FOR_MEMORY, work.callers());
            contestant.run(
                    new Workload(work.call(), callers, work.mebibytes()),
                    options.memory().dividedBy(taken.size()));
        }
        tables.used(contestant);
        TimeUnit.NANOSECONDS.sleep(options.memory().toNanos());
        tables.rested(contestant);
    }
}
