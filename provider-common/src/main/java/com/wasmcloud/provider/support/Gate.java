package com.wasmcloud.provider.support;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts what is in flight, lets no more in than there may be, and tells who closes it or leaves last that it is over.
 *
 * <p>Thread-safe, without locks.
 */
public final class Gate {
    private static final int CLOSED = Integer.MIN_VALUE;

    private final int most;
    /** What is in flight; the sign bit says that no more comes. */
    private final AtomicInteger inside = new AtomicInteger();

    /** What came of a wish to enter. */
    public enum Entry {
        /** Let in, and must {@link Gate#leave}. */
        ADMITTED,
        /** As many are inside as may be. */
        FULL,
        CLOSED
    }

    /**
     * An open gate.
     *
     * @param most how many may be inside at a time
     */
    public Gate(int most) {
        this.most = most;
    }

    /** Lets one more in, or does not. */
    public Entry enter() {
        int before;
        do {
            before = inside.get();
            if (before < 0) {
                return Entry.CLOSED;
            }
            if (before >= most) {
                return Entry.FULL;
            }
        } while (!inside.compareAndSet(before, before + 1));
        return Entry.ADMITTED;
    }

    /** One that was let in is done; true when that was the last one of a closed gate. */
    public boolean leave() {
        return inside.decrementAndGet() == CLOSED;
    }

    /** Lets nobody in any more; true when it was open and nobody is inside, so that nobody will leave last. */
    public boolean close() {
        return inside.getAndUpdate(count -> count | CLOSED) == 0;
    }
}
