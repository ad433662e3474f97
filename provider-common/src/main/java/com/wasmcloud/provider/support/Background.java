package com.wasmcloud.provider.support;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads for what the sessions of a provider do beside serving calls, such as reaching a backend again. None keeps the
 * process alive, and those that have nothing to do end, so it needs no closing.
 *
 * <p>No task is lost: one that no thread can be made for is kept, and run as soon as there is one. A task that throws,
 * whatever it throws, ends only itself, with a line in the log.
 *
 * <p>Thread-safe.
 */
public final class Background {
    private static final Logger LOG = LoggerFactory.getLogger(Background.class);
    /** So many tasks may hang, on a name server for instance, before others have to wait for them. */
    private static final int MOST_THREADS = 256;

    private static final int IDLE_SECONDS = 10;
    private static final Duration TRIED_AGAIN_AFTER = Duration.ofMillis(100);

    private final ThreadPoolExecutor threads;
    private final ScheduledExecutorService clock;
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean tryingAgain = new AtomicBoolean();
    private final RareLog rarely = new RareLog(LOG, Duration.ofMinutes(1));

    /**
     * Starts the clock of the process, if this is the first, and no other thread yet.
     *
     * @param name what the threads' names begin with
     */
    public Background(String name) {
        this(Threads.daemons(name + "-link"), MOST_THREADS);
    }

    Background(ThreadFactory factory, int most) {
        clock = Clock.OF_THE_PROCESS;
        threads = new ThreadPoolExecutor(0, most, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), factory);
    }

    /**
     * The one thread that waits for moments to come. It is there from the start and never ends: where no thread can be made
     * any more, it is the one that tries again. The process has one of them, as it has one for the time-outs of futures.
     */
    private static final class Clock {
        static final ScheduledExecutorService OF_THE_PROCESS = start();

        private static ScheduledExecutorService start() {
            ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1, Threads.daemons("clock"));
            clock.setRemoveOnCancelPolicy(true);
            clock.prestartCoreThread();
            return Executors.unconfigurableScheduledExecutorService(clock);
        }
    }

    /** Runs what may block, such as looking up a name, on a thread that is free for it. Never throws, never waits. */
    public void run(Runnable task) {
        waiting.add(task);
        wakeOne();
    }

    /** Runs, after a while, what does not block. */
    public void after(Duration pause, Runnable task) {
        ScheduledFuture<?> unused = clock.schedule(() -> guarded(task), pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** {@link #run} after a while. */
    public void runAfter(Duration pause, Runnable task) {
        after(pause, () -> run(task));
    }

    /** The one thread of {@link #after}, for libraries that want a clock. */
    public ScheduledExecutorService clock() {
        return clock;
    }

    /** {@link #run} for libraries that want threads; it refuses nothing. */
    public Executor executor() {
        return this::run;
    }

    private void wakeOne() {
        try {
            threads.execute(this::work);
        } catch (RejectedExecutionException e) {
            tryAgain(); // all are busy: one that becomes free goes on with what waits, but may just have ended
        } catch (Throwable e) {
            HeapExhaustion.check(e);
            rarely.warn("cannot make a thread: " + Causes.text(e) + "; " + waiting.size() + " tasks wait for one");
            tryAgain();
        }
    }

    private void tryAgain() {
        if (tryingAgain.compareAndSet(false, true)) {
            after(TRIED_AGAIN_AFTER, () -> {
                tryingAgain.set(false);
                if (!waiting.isEmpty()) {
                    wakeOne();
                }
            });
        }
    }

    private void work() {
        for (Runnable task = waiting.poll(); task != null; task = waiting.poll()) {
            guarded(task);
        }
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            HeapExhaustion.check(e);
            LOG.error("a task in the background failed: {}", Causes.text(e), e);
        }
    }
}
