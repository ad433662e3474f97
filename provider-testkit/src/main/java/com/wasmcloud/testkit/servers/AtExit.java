package com.wasmcloud.testkit.servers;

import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * Something to do when the JVM ends in order, unless it has been done before. All of it is done one after another, the
 * latest first: what was started last and builds on the rest ends before the rest. Thread-safe.
 *
 * <p>The servers and provider processes of this package end this way automatically; a program that wants to end them in
 * its own way registers that after it has started them.
 */
public final class AtExit {
    /** As the end of the JVM is one for all of it, so is this. */
    private static final Deque<AtExit> PENDING = new ConcurrentLinkedDeque<>();

    private static volatile boolean over;

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(AtExit::runAll, "clean-up"));
    }

    private final Runnable action;

    private AtExit(Runnable action) {
        this.action = action;
    }

    /**
     * Registers an action.
     *
     * @throws IllegalStateException when the JVM has done them all already and is about to be gone
     */
    public static AtExit run(Runnable action) {
        AtExit registered = new AtExit(action);
        PENDING.addLast(registered);
        if (over && PENDING.remove(registered)) {
            throw new IllegalStateException("nothing can be started any more: this process is ending");
        }
        return registered;
    }

    /** Forgets about it; harmless while the JVM ends. */
    public void cancel() {
        PENDING.remove(this);
    }

    private static void runAll() {
        next();
        over = true;
        next();
    }

    private static void next() {
        for (AtExit next = PENDING.pollLast(); next != null; next = PENDING.pollLast()) {
            try {
                next.action.run();
            } catch (RuntimeException failure) {
                // the others still have to be run
                Thread self = Thread.currentThread();
                self.getUncaughtExceptionHandler().uncaughtException(self, failure);
            }
        }
    }
}
