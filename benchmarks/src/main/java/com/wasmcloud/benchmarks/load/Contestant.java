package com.wasmcloud.benchmarks.load;

import com.wasmcloud.benchmarks.candidate.Candidate;
import com.wasmcloud.benchmarks.candidate.CandidateProcess;
import com.wasmcloud.benchmarks.candidate.Host;
import com.wasmcloud.benchmarks.candidate.Load;
import com.wasmcloud.benchmarks.candidate.Sample;
import com.wasmcloud.benchmarks.candidate.Workload;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** A candidate's process and the loads on it. Used by one thread. */
final class Contestant implements AutoCloseable {
    private final CandidateProcess process;
    private final Map<String, Load> loads = new LinkedHashMap<>();
    private final Duration firstCalls;

    /** Starts the program and makes a call or two of each kind as soon as it is healthy. */
    Contestant(Candidate candidate, Host host) throws IOException, InterruptedException {
        process = CandidateProcess.start(candidate, host);
        try {
            long healthy = System.nanoTime();
            for (Map.Entry<String, Candidate.Opener> each : candidate.loads().entrySet()) {
                open(each.getKey(), each.getValue());
            }
            firstCalls = process.start().plusNanos(System.nanoTime() - healthy);
        } catch (IOException | RuntimeException | InterruptedException e) {
            close();
            throw e;
        }
    }

    private void open(String call, Candidate.Opener opener) throws IOException, InterruptedException {
        try {
            Load load = opener.open();
            loads.put(call, load);
            run(load, call, 1, Duration.ZERO);
        } catch (UnsupportedOperationException notServed) {
            // it gets no row for that call
        }
    }

    Candidate candidate() {
        return process.candidate();
    }

    CandidateProcess process() {
        return process;
    }

    /** From the start of the process to the answers of its first calls, made as soon as it was healthy. */
    Duration firstCalls() {
        return firstCalls;
    }

    /** Whether it serves that kind of call. */
    boolean takes(Workload work) {
        return loads.containsKey(work.call());
    }

    /** Puts it under load. */
    Sample run(Workload work, Duration duration) throws IOException, InterruptedException {
        Load load = loads.get(work.call());
        if (load == null) {
            throw new IllegalArgumentException(candidate().name() + " does not take " + work.call());
        }
        return run(load, work.toString(), work.callers(), duration);
    }

    private Sample run(Load load, String call, int callers, Duration duration)
            throws IOException, InterruptedException {
        try {
            return load.run(callers, duration);
        } catch (IllegalStateException e) {
            throw new IllegalStateException(
                    "%s, %s: %s; it printed: %s".formatted(candidate().name(), call, e.getMessage(), process.printed()),
                    e);
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        for (Load load : loads.values()) {
            load.close();
        }
        process.close();
    }
}
