package com.wasmcloud.provider.support;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/**
 * Lines about single calls or requests, one a second at the most so that what fails under load does not drown the log;
 * those left out are counted, and there in full at level debug. Each kind of line has one of its own. Thread-safe.
 */
public final class RareLog {
    private static final long PAUSE_NANOS = 1_000_000_000;

    private final Logger log;
    private final LongSupplier clock;
    private final AtomicLong next;
    private final AtomicLong leftOut = new AtomicLong();

    /** Writes to a log. */
    public RareLog(Logger log) {
        this(log, System::nanoTime);
    }

    RareLog(Logger log, LongSupplier nanoseconds) {
        this.log = log;
        this.clock = nanoseconds;
        this.next = new AtomicLong(nanoseconds.getAsLong());
    }

    /** A line at level warn. */
    public void warn(String sentence) {
        write(Level.WARN, sentence, null);
    }

    /** A line at level error, with the stack of its cause. */
    public void error(String sentence, Throwable cause) {
        write(Level.ERROR, sentence, cause);
    }

    private void write(Level level, String sentence, @Nullable Throwable cause) {
        long now = clock.getAsLong();
        long due = next.get();
        if (now - due < 0 || !next.compareAndSet(due, now + PAUSE_NANOS)) {
            leftOut.incrementAndGet();
            log.atDebug().setCause(cause).log("{}", sentence);
            return;
        }
        long others = leftOut.getAndSet(0);
        String more = others == 0 ? "" : " (and " + others + " more such since the last line)";
        log.atLevel(level).setCause(cause).log("{}{}", sentence, more);
    }
}
