package com.wasmcloud.demo;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Counts calls, and tells how many there were a second over the last five. Thread-safe. */
final class CallMeter {
    private static final int SECONDS = 5;

    private final LongSupplier nanoClock;
    /** How many calls began in each of the last seconds, the one that is not over yet included. */
    private final long[] counts = new long[SECONDS + 1];

    private long latest;
    private long calls;
    private long failed;

    CallMeter(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        this.latest = second();
    }

    synchronized void called() {
        advance();
        counts[slot(latest)]++;
        calls++;
    }

    synchronized void failed() {
        failed++;
    }

    synchronized long calls() {
        return calls;
    }

    synchronized long failures() {
        return failed;
    }

    /** Over the last five seconds that are over, to one decimal place. */
    synchronized double perSecond() {
        advance();
        long sum = 0;
        for (int back = 1; back <= SECONDS; back++) {
            sum += counts[slot(latest - back)];
        }
        return Math.round(10.0 * sum / SECONDS) / 10.0;
    }

    private void advance() {
        long now = second();
        long missed = Math.min(now - latest, counts.length);
        for (long i = 0; i < missed; i++) {
            counts[slot(now - i)] = 0;
        }
        latest = Math.max(latest, now);
    }

    private long second() {
        return TimeUnit.NANOSECONDS.toSeconds(nanoClock.getAsLong());
    }

    private int slot(long second) {
        return Math.floorMod(second, counts.length);
    }
}
