package com.wasmcloud.benchmarks;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * What one run of a load found.
 *
 * @param p50Millis what half of the calls took at the most
 * @param p99Millis what all but a hundredth of them took at the most
 */
record Sample(int calls, double callsPerSecond, double p50Millis, double p99Millis) {
    /** Collects how long the calls of a run take. Used by one thread. */
    static final class Recorder {
        private long[] nanos = new long[1 << 16];
        private int calls;

        void add(long latencyNanos) {
            if (calls == nanos.length) {
                nanos = Arrays.copyOf(nanos, 2 * calls);
            }
            nanos[calls++] = latencyNanos;
        }

        Sample finish(Duration elapsed) {
            Arrays.sort(nanos, 0, calls);
            double seconds = elapsed.toNanos() / (double) TimeUnit.SECONDS.toNanos(1);
            return new Sample(calls, calls / seconds, millis(0.50), millis(0.99));
        }

        private double millis(double share) {
            return nanos[(int) (calls * share)] / (double) TimeUnit.MILLISECONDS.toNanos(1);
        }
    }
}
