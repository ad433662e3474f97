package com.wasmcloud.provider;

import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.provider.support.Threads;
import com.wasmcloud.provider.telemetry.Telemetry;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end of a provider, which comes once, in a fixed order and within a fixed time. Thread-safe. */
final class Shutdown {
    private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);
    /**
     * A host kills the process 300 ms after its request to stop. Half of that is for what is in flight; the rest is for
     * closing links and for a machine that is busy.
     */
    private static final Duration CALLS_END_WITHIN = Duration.ofMillis(150);

    /** For what links tell those whom they cannot serve any more. */
    private static final Duration LAST_ANSWERS_WITHIN = Duration.ofMillis(30);

    private static final Duration LINKS_GET_AT_LEAST = Duration.ofMillis(50);
    private static final Duration REPORTS_GET_AT_LEAST = Duration.ofMillis(30);
    private static final Duration REPORTS_SENT_WITHIN = Duration.ofSeconds(5);

    private final String name;
    private final Membership membership;
    private final LinkTable<?> links;
    private final LinksThread linksThread;
    private final Load load;
    private final ExecutorService workers;
    private final Telemetry telemetry;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CountDownLatch stopped = new CountDownLatch(1);

    Shutdown(
            String name,
            Membership membership,
            LinkTable<?> links,
            LinksThread linksThread,
            Load load,
            ExecutorService workers,
            Telemetry telemetry) {
        this.name = name;
        this.membership = membership;
        this.links = links;
        this.linksThread = linksThread;
        this.load = load;
        this.workers = workers;
        this.telemetry = telemetry;
    }

    /** Ends the provider in the background, within the time that a host gives, and then acknowledges that to the host. */
    void forHost(Runnable acknowledge) {
        Threads.daemons("stop")
                .newThread(() -> run(CALLS_END_WITHIN, acknowledge))
                .start();
    }

    /**
     * Ends the provider, unless somebody else does.
     *
     * @param patience how long to wait for calls in flight
     * @param acknowledge the last thing that is done while the lattice is there
     */
    void run(Duration patience, Runnable acknowledge) {
        if (!begun.compareAndSet(false, true)) {
            return;
        }
        long begin = System.nanoTime();
        try {
            CompletableFuture<Void> drained = links.drain(patience);
            membership.drain(patience.plusMillis(1)); // the library takes 0 for no limit
            if (!load.awaitIdle(left(patience, begin))) {
                LOG.warn("{} calls were still in flight when {} stopped", load.calls(), name);
            }
            await(drained, left(patience.plus(LAST_ANSWERS_WITHIN), begin));
            Duration closing = longer(left(patience, begin), LINKS_GET_AT_LEAST);
            linksThread.submit(links::closeAll).get(closing.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException e) {
            LOG.debug("links were still closing when {} stopped", name);
        } catch (ExecutionException | RejectedExecutionException | IllegalStateException e) {
            LOG.warn("not every link could be closed", e);
        }
        telemetry.close(patienceWithReports(left(patience, begin)));
        acknowledge(acknowledge);
        stopped.countDown(); // a process may end now; what follows is for one that goes on
        workers.shutdownNow();
        linksThread.shutdownNow();
        membership.close();
    }

    private static Duration left(Duration patience, long begin) {
        return patience.minusNanos(System.nanoTime() - begin);
    }

    /** Reports get what calls have left of the time, and a little more than none. */
    private static Duration patienceWithReports(Duration left) {
        Duration most = left.compareTo(REPORTS_SENT_WITHIN) > 0 ? REPORTS_SENT_WITHIN : left;
        return longer(most, REPORTS_GET_AT_LEAST);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private void await(CompletableFuture<Void> drained, Duration patience) throws InterruptedException {
        try {
            drained.get(Math.max(0, patience.toNanos()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            LOG.warn("not everything that links had begun was done when {} stopped", name);
        } catch (ExecutionException e) {
            LOG.warn("a link could not finish what it had begun", e.getCause());
        }
    }

    private void acknowledge(Runnable acknowledgement) {
        try {
            acknowledgement.run();
            membership.flush();
        } catch (IllegalStateException | RpcException e) {
            LOG.debug("the lattice was unavailable at the end", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Releases what a failed start has taken. */
    void giveUp() {
        begun.set(true);
        linksThread.execute(links::closeAll);
        linksThread.shutdown();
        workers.shutdownNow();
        telemetry.close(Duration.ZERO);
        membership.close();
        stopped.countDown();
    }

    /** Waits until the provider has stopped serving and the host knows. */
    void await() throws InterruptedException {
        stopped.await();
    }

    /** Wakes who waits for the end, although nothing has been brought to an end. */
    void wake() {
        stopped.countDown();
    }

    /** Waits for calls in flight, and until their replies have left. */
    void lastReplies(Duration patience) throws InterruptedException {
        load.awaitIdle(patience);
        membership.flush();
    }
}
