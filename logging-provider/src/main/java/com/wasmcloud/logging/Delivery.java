package com.wasmcloud.logging;

import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.contract.rpc.RpcException.Code;
import com.wasmcloud.logging.LinkQueue.Pending;
import com.wasmcloud.provider.Health;
import com.wasmcloud.provider.support.Background;
import com.wasmcloud.provider.support.Causes;
import com.wasmcloud.provider.support.HeapExhaustion;
import com.wasmcloud.provider.support.Outage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Brings the lines of links to one output, those of a link in their order, on a thread of its own. A call is answered when
 * its line has been written.
 *
 * <p>Lines queue up while the output is busy or does not work, and are written in batches. A call whose line has not been
 * written in time is told so; the line stays in the queue. A call that finds the queue of its link full waits, without a
 * thread, for room; when there is none in time its line is dropped and counted, and it is told so. The count becomes a
 * line of its own as soon as the output takes lines again.
 *
 * <p>Thread-safe; nothing blocks but its own thread, which is never interrupted and survives whatever the output throws.
 * Owns the output.
 */
final class Delivery {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    private static final Duration FOR_EVER = Duration.ofNanos(Long.MAX_VALUE);

    private final String name;
    private final Output output;
    private final Timing timing;
    private final ThreadFactory threads;
    private final Background background;
    private final Outage outage;
    private final Backlog backlog = new Backlog();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    /**
     * How often and how long an output that does not work is tried.
     *
     * @param pause between two attempts
     * @param farewell how long after {@link #close}
     */
    record Timing(Duration pause, Duration farewell) {
        static final Timing NORMAL = new Timing(Duration.ofSeconds(1), Duration.ofSeconds(5));
    }

    /**
     * Makes no thread yet.
     *
     * @param name of the target, for people
     * @param background for what waits
     */
    Delivery(String name, Output output, Timing timing, ThreadFactory threads, Background background) {
        this.name = name;
        this.output = output;
        this.timing = timing;
        this.threads = threads;
        this.background = background;
        this.outage = new Outage(
                LOG, new Outage.Words(Level.ERROR, "cannot write to " + name, name + " takes entries again"));
    }

    /** Begins to work, as soon as there is a thread to be had. */
    void start() {
        try {
            threads.newThread(this::run).start();
        } catch (Throwable failure) {
            outage.failed(Causes.text(failure));
            background.after(timing.pause, this::start);
        }
    }

    /** Changes the limits of the file, if the target is one. */
    void use(FileLimits limits) {
        output.use(limits);
    }

    /**
     * Takes a line of a link; the stage completes when it is on the target, and fails with {@link RpcException}, within
     * the patience of the link, when it is not.
     */
    CompletionStage<Void> offer(LinkQueue queue, LogLine line) {
        Pending pending = queue.pending(line);
        if (!pending.take()) {
            backlog.drop();
            pending.call().completeExceptionally(failure("dropped, the memory for waiting entries is full"));
        } else if (!backlog.offer(pending)) {
            pending.give();
            drop(pending);
        } else if (queue.watch()) {
            answerLateCalls(queue, queue.patience());
        }
        return pending.call();
    }

    /** Completes when everything that a link has offered so far is on the target. */
    CompletionStage<Void> flush(LinkQueue queue) {
        CompletableFuture<Void> flush = new CompletableFuture<>();
        backlog.flush(queue, flush);
        return flush;
    }

    /** Whether the lines of a link reach the target. */
    Health health(LinkQueue queue) {
        Optional<String> trouble = outage.sentence();
        if (trouble.isEmpty() && backlog.isLate(queue, System.nanoTime())) {
            return Health.unhealthy(name + " takes no entries; the oldest has waited for more than "
                    + queue.patience().toMillis() + " ms");
        }
        return trouble.or(output::warning).map(Health::unhealthy).orElse(Health.HEALTHY);
    }

    /** Ends when all lines are written, or cannot be for some seconds; completes at the end. */
    CompletionStage<Void> close() {
        backlog.close();
        return ended;
    }

    /** Goes on after {@link #close}; false when it is too late. */
    boolean reopen() {
        return backlog.reopen();
    }

    private void run() {
        boolean goesOn = attempt(this::open);
        while (goesOn) {
            goesOn = attempt(this::deliver);
        }
        output.close();
        ended.complete(null);
    }

    /** Does something with the output; false at the end. */
    private interface Attempt {
        boolean run() throws IOException;
    }

    /** Whatever is thrown may pass, and there are lines to be written: only {@link #close} ends this. */
    private boolean attempt(Attempt attempt) {
        try {
            return attempt.run();
        } catch (Throwable failure) {
            HeapExhaustion.check(failure);
            outage.failed(failure instanceof IOException ? Causes.text(failure) : failure.toString());
            LOG.debug("the cause", failure);
            Optional<Backlog.Gone> lost = backlog.giveUp(timing.farewell);
            lost.ifPresent(this::lost);
            if (lost.isEmpty()) {
                backlog.pause(timing.pause);
            }
            return lost.isEmpty();
        }
    }

    private boolean open() throws IOException {
        output.open();
        outage.works();
        return true;
    }

    private boolean deliver() throws IOException {
        Optional<List<Pending>> next = backlog.next(outage.reason().isPresent() ? Duration.ZERO : FOR_EVER);
        if (next.isEmpty()) {
            return false;
        }
        List<Pending> lines = next.get();
        if (lines.isEmpty()) {
            return open(); // to see whether it works again
        }
        try {
            int count = output.write(lines.stream().map(Pending::entry).toList());
            outage.works();
            written(lines.subList(0, count));
        } catch (Output.RefusedException e) {
            refused(lines, String.valueOf(e.getMessage()));
        }
        return true;
    }

    private void written(List<Pending> lines) {
        Backlog.Gone gone = backlog.removed(lines);
        backlog.dropped().ifPresent(counted -> {
            String sentence = counted + " because " + name + " did not take them in time";
            LOG.warn("{}", sentence);
            backlog.report(lines.get(0).queue().report(LogLine.ours(Instant.now(), sentence)));
        });
        gone.forEach(line -> line.call().complete(null));
    }

    private void refused(List<Pending> lines, String reason) {
        LOG.error("{} refused {} entries, which are lost: {}", name, lines.size(), reason);
        backlog.removed(lines).forEach(line -> line.call()
                .completeExceptionally(
                        RpcException.of(Code.BACKEND, "log error: " + name + " refused the entry: " + reason)));
    }

    private void lost(Backlog.Gone gone) {
        LOG.error("{} entries for {} are lost", gone.lines().size(), name);
        gone.forEach(this::drop);
    }

    /** Answers calls that wait for long, as long as the link has lines. */
    private void answerLateCalls(LinkQueue queue, Duration delay) {
        background.after(delay, () -> {
            queue.unwatch();
            Backlog.Late late = backlog.late(queue, System.nanoTime());
            late.kept().forEach(line -> line.call()
                    .completeExceptionally(failure("kept and will be written when it can be")));
            late.dropped().forEach(line -> {
                line.give();
                drop(line);
            });
            if (!late.empty() && queue.watch()) {
                answerLateCalls(queue, queue.patience().dividedBy(4));
            }
        });
    }

    private void drop(Pending line) {
        line.call().completeExceptionally(failure("dropped"));
    }

    /** What a call gets whose line is not written in time. */
    private RpcException failure(String fate) {
        String why = outage.reason().orElse("it does not take entries fast enough");
        return RpcException.of(
                Code.BACKEND, "log error: cannot write to " + name + ": " + why + "; the entry was " + fate);
    }
}
