package com.wasmcloud.provider.support;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Notices that the heap is full. A process that has failed to allocate once may have lost a thread, a lock or a reply
 * anywhere: it is not to be trusted any more, and whoever started it does better to start it anew. Everything that catches
 * throwables shows them here.
 *
 * <p>Thread-safe. Allocates nothing.
 */
public final class HeapExhaustion {
    private static final int DEEPEST_CAUSE = 8;
    private static final AtomicBoolean SEEN = new AtomicBoolean();
    private static volatile @Nullable Runnable end;

    private HeapExhaustion() {}

    /**
     * Chooses what is done about it, once; in a process that belongs to somebody else nothing is.
     *
     * @param action must not need memory, and must return at once
     */
    public static void onceNoticed(Runnable action) {
        end = action;
    }

    /** Shows a failure, which may be anything, or null for none. */
    public static void check(@Nullable Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
            if (cause instanceof OutOfMemoryError && !Threads.isShortage(cause)) {
                notice();
                return;
            }
            cause = cause.getCause();
        }
    }

    private static void notice() {
        Runnable action = end;
        if (action != null && SEEN.compareAndSet(false, true)) {
            action.run();
        }
    }
}
