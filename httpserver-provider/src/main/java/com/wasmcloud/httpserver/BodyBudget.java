package com.wasmcloud.httpserver;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes of bodies, of requests and of answers, may be in memory at a time, whoever they belong to: a bound that
 * no number of clients gets beyond. Thread-safe.
 */
final class BodyBudget {
    /** A body exists twice for a moment, as it came and as the message that it travels in, and more is held beside it. */
    private static final int SHARE_OF_HEAP = 4;

    private final AtomicLong left;

    BodyBudget(long bytes) {
        left = new AtomicLong(bytes);
    }

    /** A quarter of what the heap may become. */
    static BodyBudget ofHeap() {
        return new BodyBudget(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
    }

    Share share() {
        return new Share();
    }

    /** What one request holds of it. Used by one thread. */
    final class Share {
        private long taken;

        /** Takes some more, or nothing and says false when there is not that much. */
        boolean take(long bytes) {
            if (left.addAndGet(-bytes) < 0) {
                left.addAndGet(bytes);
                return false;
            }
            taken += bytes;
            return true;
        }

        /** Gives all of it back. */
        void giveBack() {
            left.addAndGet(taken);
            taken = 0;
        }
    }
}
