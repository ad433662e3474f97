package com.wasmcloud.benchmarks.candidate;

/**
 * A kind of call and how many callers make it, each one call after the other: a row of a table.
 *
 * @param call what it is called in tables, and what a candidate's loads are found by
 * @param mebibytes how much a call moves; 0 for calls that are counted
 */
public record Workload(String call, int callers, int mebibytes) {
    /** Calls that are counted. */
    public static Workload calls(String call, int callers) {
        return new Workload(call, callers, 0);
    }

    /** Calls one after the other, each of which moves so much that this is what counts. */
    public static Workload transfer(String call, int mebibytes) {
        return new Workload(call, 1, mebibytes);
    }

    /** How much is done in a second, in MiB or in calls. */
    public double rate(Sample sample) {
        return sample.callsPerSecond() * Math.max(1, mebibytes);
    }

    @Override
    public String toString() {
        return call + ", " + callers;
    }
}
