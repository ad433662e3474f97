package com.wasmcloud.benchmarks.report;

import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.stream.LongStream;

/**
 * Looks once a second at who uses the processors while a run lasts, so that the run's tables can say whether the machine
 * was quiet. What this process and its descendants use is the run's own; what others use, or the hypervisor takes away,
 * disturbs it. Has a thread of its own until it is closed.
 */
public final class MachineWatch implements AutoCloseable {
    private static final long PAUSE_MILLIS = 1_000;
    /** More than this share of all processors in a second makes it a disturbed one. */
    private static final double DISTURBING = 0.10;
    /** More than this share of disturbed seconds makes a loaded machine. */
    private static final double LOADED = 0.05;

    private final double loadBefore =
            ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    private final Thread thread = new Thread(this::watch, "machine-watch");
    private long[] before = ProcFs.processorTicks();
    private long ownBefore = ownTicks();
    private int seconds;
    private int disturbed;
    private double others;
    private double most;
    private double stolen;

    private MachineWatch() {
        thread.setDaemon(true);
        thread.start();
    }

    /** Begins to watch. */
    public static MachineWatch start() {
        return new MachineWatch();
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(PAUSE_MILLIS);
                look();
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void look() {
        long[] now = ProcFs.processorTicks();
        long own = ownTicks();
        double all =
                Math.max(1, LongStream.of(now).sum() - LongStream.of(before).sum());
        double steal = (now[7] - before[7]) / all;
        double foreign = Math.max(0, busy(now) - busy(before) - (own - ownBefore)) / all;
        before = now;
        ownBefore = own;
        seconds++;
        others += foreign;
        stolen += steal;
        most = Math.max(most, foreign + steal);
        disturbed += foreign + steal > DISTURBING ? 1 : 0;
    }

    private static long busy(long[] ticks) {
        return ticks[0] + ticks[1] + ticks[2] + ticks[5] + ticks[6];
    }

    private static long ownTicks() {
        ProcessHandle self = ProcessHandle.current();
        return ProcFs.ticks(self.pid())
                + self.descendants()
                        .mapToLong(child -> ProcFs.ticks(child.pid()))
                        .sum();
    }

    /** A sentence or two for below a table. */
    public synchronized String verdict() {
        if (seconds == 0) {
            return "Too short a run to tell whether the machine was quiet.";
        }
        boolean loaded = disturbed > LOADED * seconds;
        return String.format(
                Locale.ROOT,
                "%s machine: %d processors, load average %.1f before; others took %.0f %% of the processors (%.0f %% in the"
                        + " worst second), the hypervisor %.0f %%; %d of %d seconds were disturbed.%s",
                loaded ? "LOADED" : "Quiet",
                Runtime.getRuntime().availableProcessors(),
                loadBefore,
                100 * others / seconds,
                100 * most,
                100 * stolen / seconds,
                disturbed,
                seconds,
                loaded ? " Compare within a table only." : "");
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
