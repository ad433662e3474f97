package com.wasmcloud.provider;

import com.wasmcloud.provider.support.HeapExhaustion;
import com.wasmcloud.provider.support.Threads;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread on which links are changed. It is there from the beginning and outlives whatever its tasks throw, so that
 * nothing handed to it is lost when no other thread could be made. Thread-safe.
 */
final class LinksThread implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger(LinksThread.class);

    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, Threads.daemons("links"));

    LinksThread() {
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        thread.setRemoveOnCancelPolicy(true);
        thread.prestartCoreThread();
    }

    @Override
    public void execute(Runnable task) {
        after(Duration.ZERO, task);
    }

    void after(Duration delay, Runnable task) {
        try {
            ScheduledFuture<?> unused = thread.schedule(() -> guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("the provider has stopped");
        }
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            HeapExhaustion.check(e);
            LOG.error("a change of the links failed", e);
        }
    }

    /** Runs something whose outcome is waited for. */
    Future<?> submit(Runnable task) {
        return thread.submit(task);
    }

    /** Ends after what waits, with nothing more to be added. */
    void shutdown() {
        thread.shutdown();
    }

    void shutdownNow() {
        thread.shutdownNow();
    }
}
