package com.wasmcloud.provider.support;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * Threads for what the sessions of a provider do beside serving calls, such as reaching a backend again. There are none
 * while there is nothing to do, none keeps the process alive, and so it needs no closing.
 *
 * <p>Thread-safe.
 */
public final class Background {
    private static final int IDLE_SECONDS = 10;

    private final ThreadFactory threads;
    private final ScheduledThreadPoolExecutor clock;

    /**
     * Makes no thread yet.
     *
     * @param name what the threads' names begin with
     */
    public Background(String name) {
        threads = Threads.daemons(name + "-link");
        clock = new ScheduledThreadPoolExecutor(1, Threads.daemons(name + "-clock"));
        clock.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        clock.allowCoreThreadTimeOut(true);
        clock.setRemoveOnCancelPolicy(true);
    }

    /** Runs what may block, such as looking up a name, on a thread of its own. */
    public void run(Runnable task) {
        threads.newThread(task).start();
    }

    /** Runs, after a while, what does not block. */
    public void after(Duration pause, Runnable task) {
        ScheduledFuture<?> unused = clock.schedule(task, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The one thread of {@link #after}, for libraries that want a clock. */
    public ScheduledExecutorService clock() {
        return clock;
    }
}
