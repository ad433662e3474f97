package com.wasmcloud.benchmarks.candidate;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * What one run of a load found.
 *
 * @param p50Millis what half of the calls took at the most
 * @param p99Millis what all but a hundredth of them took at the most
 */
public record Sample(int calls, double callsPerSecond, double p50Millis, double p99Millis) {
    /** The sample that {@link #toText} wrote. */
    public static Sample parse(String text) {
        String[] numbers = text.split(" ", -1);
        return new Sample(
                Integer.parseInt(numbers[0]),
                Double.parseDouble(numbers[1]),
                Double.parseDouble(numbers[2]),
                Double.parseDouble(numbers[3]));
    }

    /** Itself as text, from one process to another. */
    public String toText() {
        return calls + " " + callsPerSecond + " " + p50Millis + " " + p99Millis;
    }

    /** Collects how long the calls of a run take. Used by one thread. */
    public static final class Recorder {
        private long[] nanos = new long[1 << 16];
        private int calls;

        /** Adds a call. */
        public void add(long latencyNanos) {
            if (calls == nanos.length) {
                nanos = Arrays.copyOf(nanos, 2 * calls);
            }
            nanos[calls++] = latencyNanos;
        }

        /** What they were, of a run of that length. */
        public Sample finish(Duration elapsed) {
            Arrays.sort(nanos, 0, calls);
            double seconds = elapsed.toNanos() / (double) TimeUnit.SECONDS.toNanos(1);
            return new Sample(calls, calls / seconds, millis(0.50), millis(0.99));
        }

        private double millis(double share) {
            if (calls == 0) {
                return Double.NaN;
            }
            return nanos[(int) (calls * share)] / (double) TimeUnit.MILLISECONDS.toNanos(1);
        }
    }
}
