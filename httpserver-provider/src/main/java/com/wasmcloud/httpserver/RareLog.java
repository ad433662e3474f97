package com.wasmcloud.httpserver;

import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;

/**
 * Warnings about requests, one a second at the most so that a failing actor under load does not drown the log; those
 * left out are counted, and there in full at level debug. Thread-safe.
 */
final class RareLog {
    private static final long PAUSE_NANOS = 1_000_000_000;

    private final Logger log;
    private final AtomicLong next = new AtomicLong(System.nanoTime());
    private final AtomicLong leftOut = new AtomicLong();

    RareLog(Logger log) {
        this.log = log;
    }

    void warn(String sentence) {
        long now = System.nanoTime();
        long due = next.get();
        if (now - due < 0 || !next.compareAndSet(due, now + PAUSE_NANOS)) {
            leftOut.incrementAndGet();
            log.debug("{}", sentence);
            return;
        }
        long others = leftOut.getAndSet(0);
        if (others == 0) {
            log.warn("{}", sentence);
        } else {
            log.warn("{} (and {} more such since the last line)", sentence, others);
        }
    }
}
