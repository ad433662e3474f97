package com.wasmcloud.benchmarks;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * What one run of a load found: how long it took, and how long each call did. Used by one thread.
 *
 * @param latencies nanoseconds, ascending; not copied
 */
record Sample(Duration elapsed, long[] latencies) {
    /** Collects the latencies of a run. */
    static final class Recorder {
        private long[] latencies = new long[1 << 16];
        private int size;

        void add(long nanos) {
            if (size == latencies.length) {
                latencies = Arrays.copyOf(latencies, 2 * size);
            }
            latencies[size++] = nanos;
        }

        Sample finish(Duration elapsed) {
            long[] sorted = Arrays.copyOf(latencies, size);
            Arrays.sort(sorted);
            return new Sample(elapsed, sorted);
        }
    }

    int calls() {
        return latencies.length;
    }

    double callsPerSecond() {
        return latencies.length * (double) TimeUnit.SECONDS.toNanos(1) / elapsed.toNanos();
    }

    /** The latency in milliseconds that this share of the calls stays under. */
    double millis(double share) {
        int index = Math.min(latencies.length - 1, (int) (latencies.length * share));
        return latencies[index] / (double) TimeUnit.MILLISECONDS.toNanos(1);
    }
}
