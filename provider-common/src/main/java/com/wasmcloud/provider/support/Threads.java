package com.wasmcloud.provider.support;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Names threads, so that a thread dump can be read; none of them keeps the process alive. */
public final class Threads {
    private Threads() {}

    /** Daemon threads called {@code name-1}, {@code name-2} and so on. */
    public static ThreadFactory daemons(String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /**
     * Whether the machine had no thread to give, as when a limit on processes is reached. Java says so with an {@link
     * OutOfMemoryError}, but the heap is not full: it passes, and what needed the thread can be tried again.
     */
    public static boolean isShortage(Throwable failure) {
        Throwable inner = Causes.unwrap(failure);
        return inner instanceof OutOfMemoryError && Causes.text(inner).contains("native thread");
    }
}
