package com.wasmcloud.testkit.verify;

import java.time.Duration;

/**
 * How long things may take.
 *
 * @param slack what all limits are multiplied with, above 1 on slow machines
 */
record Limits(double slack) {
    private static final Duration LONGEST_CALL = Duration.ofSeconds(15);

    /** Until a provider answers health. */
    Duration start() {
        return atLeast(5_000);
    }

    /** For one call. */
    Duration call() {
        Duration call = atLeast(3_000);
        return call.compareTo(LONGEST_CALL) < 0 ? call : LONGEST_CALL;
    }

    /** Until a link counts. */
    Duration link() {
        return times(3_000);
    }

    /** Until links that were missed count, or NATS is found again. */
    Duration recovery() {
        return times(20_000);
    }

    /** Until a shutdown is acknowledged. */
    Duration acknowledgement() {
        return times(300);
    }

    /** Until the process has ended. */
    Duration exit() {
        return times(10_000);
    }

    /** For a whole check, so that nothing hangs for ever. */
    Duration check() {
        return atLeast(60_000);
    }

    /** Less slack than 1 is for what is known to fail, which has to start all the same. */
    private Duration atLeast(long millis) {
        return Duration.ofMillis((long) (millis * Math.max(1, slack)));
    }

    private Duration times(long millis) {
        return Duration.ofMillis((long) (millis * slack));
    }
}
