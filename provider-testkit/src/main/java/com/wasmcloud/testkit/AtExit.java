package com.wasmcloud.testkit;

/** Something to do when the JVM ends in order, unless it has been done before. Thread-safe. */
final class AtExit {
    private final Thread hook;

    private AtExit(Thread hook) {
        this.hook = hook;
    }

    static AtExit run(Runnable action) {
        Thread hook = new Thread(action, "clean-up");
        Runtime.getRuntime().addShutdownHook(hook);
        return new AtExit(hook);
    }

    /** Forgets about it; harmless while the JVM ends. */
    void cancel() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // then the hook runs, and finds nothing left to do
        }
    }
}
