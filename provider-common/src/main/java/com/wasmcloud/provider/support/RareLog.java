package com.wasmcloud.provider.support;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/**
 * Lines about single calls or requests, one a second at the most (or one in another pause) so that what fails under load
 * does not drown the log; the others are counted, and there in full at level debug. Each kind of line has one of its own.
 * Thread-safe.
 */
public final class RareLog {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Logger log;
    private final long pause;
    private final LongSupplier clock;
    private final AtomicLong next;
    private final AtomicLong discarded = new AtomicLong();

    /** Writes to a log, one line a second at the most. */
    public RareLog(Logger log) {
        this(log, PAUSE);
    }

    /** Writes to a log, with so much time between two lines at the least. */
    public RareLog(Logger log, Duration pause) {
        this(log, pause, System::nanoTime);
    }

    RareLog(Logger log, Duration pause, LongSupplier nanoseconds) {
        this.log = log;
        this.pause = pause.toNanos();
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

    /** Whether it is time for a line that somebody else writes; if so, the next is due after the pause. */
    public boolean isDue() {
        long now = clock.getAsLong();
        long due = next.get();
        if (now - due < 0 || !next.compareAndSet(due, now + pause)) {
            discarded.incrementAndGet();
            return false;
        }
        return true;
    }

    private void write(Level level, String sentence, @Nullable Throwable cause) {
        if (!isDue()) {
            log.atDebug().setCause(cause).log("{}", sentence);
            return;
        }
        long others = discarded.getAndSet(0);
        String more = others == 0 ? "" : " (and " + others + " more such since the last line)";
        log.atLevel(level).setCause(cause).log("{}{}", sentence, more);
    }
}
