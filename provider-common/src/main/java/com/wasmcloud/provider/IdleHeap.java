package com.wasmcloud.provider;

import com.wasmcloud.provider.support.Background;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Gives memory back once a busy time is over. The collector makes the heap larger under load, and only a full collection
 * makes it small again, which it never starts while nothing is allocated. One takes some 30 ms, so it is done
 * when the process is quiet: when next to nothing was allocated for a while.
 *
 * <p>Used on the clock's thread.
 */
final class IdleHeap {
    private static final long MIB = 1 << 20;
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);
    /** Less than this between two looks is what health checks and keep-alives allocate, not calls. */
    private static final long QUIET = MIB;

    private static final int QUIET_LOOKS = 2;
    /** A collection that gives less back is not worth its time. */
    private static final long WORTH_IT = 4 * MIB;

    private final LongSupplier used;
    private final LongSupplier committed;
    private final Runnable collection;
    private long usedBefore;
    private int quietLooks;
    private long usedAfterCollection;
    private long committedAfterCollection;

    IdleHeap(LongSupplier used, LongSupplier committed, Runnable collection) {
        this.used = used;
        this.committed = committed;
        this.collection = collection;
    }

    /** Watches the heap of this process until it ends. */
    static void watch(Background background) {
        Runtime runtime = Runtime.getRuntime();
        IdleHeap heap =
                new IdleHeap(() -> runtime.totalMemory() - runtime.freeMemory(), runtime::totalMemory, System::gc);
        heap.lookAgain(background);
    }

    private void lookAgain(Background background) {
        background.after(BETWEEN_LOOKS, () -> {
            try {
                look();
            } finally {
                lookAgain(background);
            }
        });
    }

    /** One look; to be made at regular intervals. */
    void look() {
        long now = used.getAsLong();
        // a small collection in between lets it fall, and is a sign of work as well
        quietLooks = Math.abs(now - usedBefore) < QUIET ? quietLooks + 1 : 0;
        usedBefore = now;
        if (quietLooks >= QUIET_LOOKS && isWorthIt(now)) {
            collection.run();
            usedBefore = used.getAsLong();
            usedAfterCollection = usedBefore;
            committedAfterCollection = committed.getAsLong();
            quietLooks = 0;
        }
    }

    private boolean isWorthIt(long now) {
        return now > usedAfterCollection + WORTH_IT || committed.getAsLong() > committedAfterCollection + WORTH_IT;
    }
}
