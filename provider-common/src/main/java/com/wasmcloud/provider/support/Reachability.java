package com.wasmcloud.provider.support;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Attempts to reach something that a link needs, such as its backend or its port: again and again, for ever, whatever an
 * attempt throws, with growing pauses between them that differ from process to process. Its {@link Outage} tells people.
 *
 * <p>One attempt is under way at a time. What is lost soon after it was reached is tried again after a pause, and at once
 * otherwise.
 *
 * <p>Thread-safe; never blocks. The attempts run on the threads of a {@link Background} and may block.
 */
public final class Reachability implements AutoCloseable {
    private final Background background;
    private final Pauses pauses;
    private final Attempt attempt;
    private final Function<Throwable, String> reasons;
    private final Outage outage;
    /** Read without the lock, so that those who see it work repeatedly need none. */
    private volatile boolean works;
    /** What follows is guarded by this object. */
    private boolean wanted;

    /** Whether an attempt is under way or will begin after a pause. */
    private boolean pending;

    private boolean closed;
    private int failures;
    private long reachedAt;

    /** One try. */
    @FunctionalInterface
    public interface Attempt {
        /** Tries; done, or completing, normally when it is reached. A failure of any kind is one to be tried again. */
        CompletionStage<?> start() throws Exception;
    }

    /**
     * How long it is waited between two attempts.
     *
     * @param first after one failure; doubled after each further one
     * @param longest the pauses grow no longer than that
     */
    public record Pauses(Duration first, Duration longest) {
        /** A quarter of them is random: not all providers at the same moment. */
        Duration after(int failures) {
            long nanos = first.toNanos();
            for (int i = 1; i < failures && nanos < longest.toNanos(); i++) {
                nanos *= 2;
            }
            nanos = Math.min(nanos, longest.toNanos());
            return Duration.ofNanos(nanos - ThreadLocalRandom.current().nextLong(nanos / 4 + 1));
        }
    }

    /**
     * Tries nothing yet.
     *
     * @param reasons what people are told of a failure, the end of a sentence
     */
    public Reachability(
            Background background, Pauses pauses, Outage outage, Attempt attempt, Function<Throwable, String> reasons) {
        this.background = background;
        this.pauses = pauses;
        this.outage = outage;
        this.attempt = attempt;
        this.reasons = reasons;
        this.reachedAt = System.nanoTime() - pauses.longest().toNanos();
    }

    /** Makes the first attempt, without counting what it is for as failed. */
    public void start() {
        begin(null);
    }

    /** It was reached and now is not: says why, and tries until it is reached again. */
    public void lost(String why) {
        begin(why);
    }

    /** It has been seen to work. An attempt that is under way ends as it likes, and is not followed by another. */
    public void reached() {
        if (works) {
            return;
        }
        synchronized (this) {
            if (!closed) {
                works = true;
                wanted = false;
                reachedAt = System.nanoTime();
                outage.works();
            }
        }
    }

    /** What cannot be reached, and why, as a sentence for people; empty when it can. */
    public Optional<String> trouble() {
        return outage.sentence();
    }

    /** Whether an attempt has failed since it was last reached; before that, {@link #trouble} only says what is awaited. */
    public boolean hasFailed() {
        return outage.reason().isPresent();
    }

    /** Makes no further attempt. What was reached is not closed: it is not this object's. */
    @Override
    public synchronized void close() {
        closed = true;
    }

    private void begin(@Nullable String why) {
        Duration pause = Duration.ZERO;
        synchronized (this) {
            if (closed) {
                return;
            }
            works = false;
            if (why != null) {
                outage.failed(why);
            }
            wanted = true;
            if (pending) {
                return;
            }
            pending = true;
            if (System.nanoTime() - reachedAt >= pauses.longest().toNanos()) {
                failures = 0;
            } else {
                failures++;
                pause = pauses.after(failures);
            }
        }
        next(pause);
    }

    private void next(Duration pause) {
        if (pause.isZero()) {
            background.run(this::attempt);
        } else {
            background.runAfter(pause, this::attempt);
        }
    }

    private void attempt() {
        if (isOver()) {
            return;
        }
        try {
            attempt.start().whenComplete((reached, failure) -> ended(failure));
        } catch (Throwable e) {
            ended(e);
        }
    }

    private synchronized boolean isOver() {
        pending = wanted && !closed;
        return !pending;
    }

    private void ended(@Nullable Throwable failure) {
        if (failure == null) {
            synchronized (this) {
                pending = false;
            }
            reached();
        } else if (!isOver()) {
            again(failure);
        }
    }

    private void again(Throwable failure) {
        HeapExhaustion.check(failure);
        Duration pause = pauses.longest();
        try {
            String why = reasons.apply(Causes.unwrap(failure));
            synchronized (this) {
                failures++;
                pause = pauses.after(failures);
                if (!works) {
                    outage.failed(why);
                }
            }
        } finally { // whatever happened while it was put into words
            next(pause);
        }
    }
}
