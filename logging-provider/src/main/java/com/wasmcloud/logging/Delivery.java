package com.wasmcloud.logging;

import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.contract.rpc.RpcException.Code;
import com.wasmcloud.logging.Backlog.Pending;
import com.wasmcloud.provider.Health;
import com.wasmcloud.provider.support.Threads;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings entries to an output, in order, on a thread of its own. A call is answered when its entry has been written.
 *
 * <p>Entries queue up while the output is busy or does not work, and are written in batches. A call whose entry has not
 * been written in time is told so; the entry stays in the queue. A call that finds the queue full waits, without a thread,
 * for room; when there is none in time its entry is dropped and counted, and it is told so. The count becomes a line of
 * its own as soon as there is room.
 *
 * <p>Thread-safe; nothing blocks but its own thread, which is never interrupted. Owns the output.
 */
final class Delivery<E> {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    private static final int LARGEST_BATCH = 1024;
    private static final int LARGEST_BATCH_BYTES = 1024 * 1024;
    private static final Duration TRIED_AGAIN_AFTER = Duration.ofSeconds(1);
    /** How long one that is closed goes on trying to get rid of what it has. */
    private static final Duration GIVES_UP_AFTER = Duration.ofSeconds(5);

    private final String name;
    private final Output<E> output;
    private final Duration patience;
    private final Function<String, E> report;
    private final Runnable ended;
    private final Backlog<E> backlog;
    private final List<CompletableFuture<Void>> flushes = new ArrayList<>();
    private @Nullable String trouble;
    private final Dropped dropped = new Dropped();
    private boolean armed;
    private long closedAt;
    private boolean closed;
    private boolean over;

    /**
     * How much may wait, and how long.
     *
     * @param patience how long a call waits for its answer at the most
     */
    record Bounds(int entries, int bytes, Duration patience) {}

    /**
     * @param name of the target, for people
     * @param report makes an entry of a sentence of ours
     * @param ended called at the very end, on the thread of this
     */
    Delivery(String name, Output<E> output, Bounds bounds, Function<String, E> report, Runnable ended) {
        this.name = name;
        this.output = output;
        this.patience = bounds.patience;
        this.report = report;
        this.ended = ended;
        this.backlog = new Backlog<>(bounds.entries, bounds.bytes);
    }

    /** Begins to work. */
    void start() {
        Threads.daemons("log-" + name).newThread(this::run).start();
    }

    /**
     * Takes an entry; the stage completes when it is on the target, and fails with {@link RpcException}, within the
     * patience, when it is not.
     *
     * @param size in memory, roughly
     */
    CompletionStage<Void> offer(E entry, int size) {
        Pending<E> pending =
                new Pending<>(entry, size, System.nanoTime() + patience.toNanos(), new CompletableFuture<>());
        boolean taken;
        synchronized (this) {
            taken = !over && backlog.add(pending);
            if (taken) {
                notifyAll();
                arm(patience);
            } else {
                dropped.add(1);
            }
        }
        if (!taken) {
            pending.call().completeExceptionally(failure("dropped"));
        }
        return pending.call();
    }

    /** Completes when everything that was taken so far is on the target. */
    synchronized CompletionStage<Void> flush() {
        if (backlog.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> flush = new CompletableFuture<>();
        flushes.add(flush);
        return flush;
    }

    /** Whether entries reach the target. */
    synchronized Health health() {
        if (trouble != null) {
            return Health.unhealthy("cannot write to " + name + ": " + trouble + "; trying again");
        }
        List<Pending<E>> oldest = backlog.oldest(1, 0);
        if (!oldest.isEmpty() && oldest.get(0).deadline() - System.nanoTime() < 0) {
            return Health.unhealthy(
                    name + " takes no entries; the oldest has waited for more than " + patience.toMillis() + " ms");
        }
        return output.warning().map(Health::unhealthy).orElse(Health.HEALTHY);
    }

    /** Ends when all entries are written, or cannot be for some seconds. */
    synchronized void close() {
        closed = true;
        closedAt = System.nanoTime();
        notifyAll();
    }

    /** Goes on after {@link #close}, unless it is over. */
    synchronized boolean reopen() {
        closed = false;
        return !over;
    }

    private void run() {
        try {
            open();
            for (List<E> batch = next(); !isOver(); batch = next()) {
                if (batch.isEmpty()) {
                    open();
                } else {
                    write(batch);
                }
            }
        } finally {
            List<CompletableFuture<Void>> lost = new ArrayList<>();
            synchronized (this) {
                end(lost); // there is nothing, unless something broke that nobody expected
            }
            lost.forEach(call -> call.completeExceptionally(failure("dropped")));
            output.close();
            ended.run();
        }
    }

    private void open() {
        try {
            output.open();
            works();
        } catch (IOException | RuntimeException e) {
            fails(e);
        }
    }

    /** Waits for entries, and gives them; none when it is time to try whether the output works again, or over. */
    private synchronized List<E> next() {
        long tryAgain = System.nanoTime() + TRIED_AGAIN_AFTER.toNanos();
        while (backlog.isEmpty() && !closed) {
            if (trouble != null && tryAgain - System.nanoTime() <= 0) {
                return List.of();
            }
            await(trouble == null ? Duration.ZERO : Duration.ofNanos(tryAgain - System.nanoTime()));
        }
        over = backlog.isEmpty();
        return backlog.oldest(LARGEST_BATCH, LARGEST_BATCH_BYTES).stream()
                .map(Pending::entry)
                .toList();
    }

    private synchronized boolean isOver() {
        return over;
    }

    /** Waits for news, for so long at the most; zero is for ever. */
    @SuppressWarnings("WaitNotInLoop") // those who call it are in one
    private void await(Duration limit) {
        try {
            wait(limit.isZero() ? 0 : Math.max(1, limit.toMillis()));
        } catch (InterruptedException e) {
            LOG.debug("nobody interrupts this thread", e);
        }
    }

    private void write(List<E> batch) {
        try {
            written(output.write(batch));
        } catch (Output.RefusedException e) {
            refused(batch.size(), e);
        } catch (IOException | RuntimeException e) {
            fails(e);
            pauseOrGiveUp();
        }
    }

    private void written(int count) {
        works();
        List<CompletableFuture<Void>> done = new ArrayList<>();
        synchronized (this) {
            backlog.removed(count).forEach(pending -> done.add(pending.call()));
            makeRoom(done);
        }
        done.forEach(call -> call.complete(null));
    }

    private void makeRoom(List<CompletableFuture<Void>> done) {
        dropped.sentence().ifPresent(counted -> {
            String sentence = counted + " because " + name + " did not take them in time";
            LOG.warn("{}", sentence);
            backlog.enqueue(new Pending<>(report.apply(sentence), 0, System.nanoTime(), new CompletableFuture<>()));
        });
        backlog.admit();
        if (backlog.isEmpty()) {
            done.addAll(flushes);
            flushes.clear();
        }
    }

    private void refused(int count, IOException reason) {
        List<Pending<E>> refused;
        synchronized (this) {
            refused = backlog.removed(count);
            backlog.admit();
        }
        LOG.error("{} refused {} entries, which are lost: {}", name, count, reason.getMessage());
        refused.forEach(pending -> pending.call()
                .completeExceptionally(RpcException.of(
                        Code.BACKEND, "log error: " + name + " refused the entry: " + reason.getMessage())));
    }

    private synchronized void works() {
        if (trouble != null) {
            LOG.info("{} takes entries again", name);
            trouble = null;
        }
    }

    private synchronized void fails(Exception failure) {
        String reason = String.valueOf(failure.getMessage());
        if (!reason.equals(trouble)) {
            LOG.error("cannot write to {}: {}; trying again", name, reason);
            LOG.debug("the cause", failure);
        }
        trouble = reason;
    }

    private void pauseOrGiveUp() {
        List<CompletableFuture<Void>> lost = new ArrayList<>();
        synchronized (this) {
            if (closed && System.nanoTime() - closedAt > GIVES_UP_AFTER.toNanos()) {
                LOG.error("{} entries for {} are lost", backlog.size(), name);
                end(lost);
            } else {
                pause();
            }
        }
        lost.forEach(call -> call.completeExceptionally(failure("dropped")));
    }

    private void pause() {
        boolean before = closed;
        long end = System.nanoTime() + TRIED_AGAIN_AFTER.toNanos();
        for (long left = end - System.nanoTime(); left > 0 && closed == before; left = end - System.nanoTime()) {
            await(Duration.ofNanos(left));
        }
    }

    /** Takes nothing any more, and forgets what there is. */
    private void end(List<CompletableFuture<Void>> lost) {
        over = true;
        backlog.clear().forEach(pending -> lost.add(pending.call()));
        lost.addAll(flushes);
        flushes.clear();
    }

    /** Has somebody look after calls that wait for long, as long as there are entries. */
    private void arm(Duration delay) {
        if (!armed) {
            armed = true;
            CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(this::answerLateCalls);
        }
    }

    private void answerLateCalls() {
        List<Pending<E>> late;
        List<Pending<E>> expired;
        synchronized (this) {
            long now = System.nanoTime();
            late = backlog.late(now);
            expired = backlog.expired(now);
            dropped.add(expired.size());
            armed = false;
            if (!backlog.isEmpty()) {
                arm(patience.dividedBy(4));
            }
        }
        late.forEach(
                pending -> pending.call().completeExceptionally(failure("kept and will be written when it can be")));
        expired.forEach(pending -> pending.call().completeExceptionally(failure("dropped")));
    }

    private synchronized RpcException failure(String fate) {
        return RpcException.of(
                Code.BACKEND,
                "log error: cannot write to " + name + ": "
                        + (trouble == null ? "it does not take entries fast enough" : trouble) + "; the entry was "
                        + fate);
    }
}
