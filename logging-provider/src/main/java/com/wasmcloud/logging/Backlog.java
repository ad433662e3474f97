package com.wasmcloud.logging;

import com.wasmcloud.logging.LinkQueue.Pending;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lines for one target that are not written yet, between the links that bring them and the one thread that writes
 * them; and the target's life. Thread-safe; {@link #next} and {@link #pause} wait, nothing else does. No call is answered
 * in here, under the lock: that is for whoever gets the lines back.
 */
final class Backlog {
    private static final Logger LOG = LoggerFactory.getLogger(Backlog.class);
    private static final int LARGEST_BATCH = 1024;
    private static final int LARGEST_BATCH_BYTES = 1024 * 1024;

    private final ReentrantLock lock = new ReentrantLock();
    /** Signalled when there are lines, and when the state changes. */
    private final Condition news = lock.newCondition();

    private final Turns turns = new Turns();
    private final Dropped dropped = new Dropped();
    private State state = State.OPEN;
    private long closedAt;

    private enum State {
        /** Takes lines. */
        OPEN,
        /** Takes lines, and ends as soon as there are none. */
        CLOSING,
        /** Takes nothing, and has nothing. */
        ENDED
    }

    /**
     * Lines that are waiting no more.
     *
     * @param flushes what waited for the last of a link's
     */
    record Gone(List<Pending> lines, List<CompletableFuture<Void>> flushes) {
        /** Gives their memory back, answers their calls, and then those who wait for the last of them. */
        void forEach(Consumer<Pending> answer) {
            lines.forEach(Pending::give);
            lines.forEach(answer);
            flushes.forEach(flush -> flush.complete(null));
        }
    }

    /**
     * Lines whose calls have waited long enough.
     *
     * @param kept they stay
     * @param dropped they are gone, there was no room
     * @param empty whether nothing of the link is left
     */
    record Late(List<Pending> kept, List<Pending> dropped, boolean empty) {}

    /** Takes a line, or counts it as dropped. */
    boolean offer(Pending line) {
        return locked(() -> {
            if (state == State.ENDED || !line.queue().add(line)) {
                dropped.add(1);
                return false;
            }
            turns.add(line.queue());
            news.signal();
            return true;
        });
    }

    /** Takes a line of the provider itself, whether there is room or not. */
    void report(Pending line) {
        locked(() -> {
            line.queue().enqueue(line);
            turns.add(line.queue());
            return true;
        });
    }

    /** Counts a line as dropped that never came here. */
    void drop() {
        locked(() -> {
            dropped.add(1);
            return true;
        });
    }

    /**
     * Waits for lines, and gives the next ones; they stay until they are {@link #removed}. Empty at the end.
     *
     * @param most how long to wait; after that there are none
     */
    Optional<List<Pending>> next(Duration most) {
        return locked(() -> {
            long left = most.toNanos();
            while (turns.isEmpty() && state == State.OPEN && left > 0) {
                left = await(left);
            }
            if (turns.isEmpty() && state != State.OPEN) {
                state = State.ENDED;
                return Optional.empty();
            }
            return Optional.of(turns.next(LARGEST_BATCH, LARGEST_BATCH_BYTES));
        });
    }

    /** Waits a while, unless the target is closed or opened meanwhile. */
    void pause(Duration pause) {
        locked(() -> {
            State before = state;
            for (long left = pause.toNanos(); left > 0 && state == before; ) {
                left = await(left);
            }
            return true;
        });
    }

    /** Takes away lines that {@link #next} gave. */
    Gone removed(List<Pending> lines) {
        return locked(() -> {
            turns.removed(lines);
            return gone(lines);
        });
    }

    /** The beginning of a sentence about the lines that were dropped since this was asked last. */
    Optional<String> dropped() {
        return locked(dropped::sentence);
    }

    /** What of a link is late by now. */
    Late late(LinkQueue queue, long now) {
        return locked(() -> {
            List<Pending> expired = queue.expired(now);
            dropped.add(expired.size());
            return new Late(queue.late(now), expired, queue.isEmpty());
        });
    }

    /** Whether the oldest line of a link is late by now. */
    boolean isLate(LinkQueue queue, long now) {
        return locked(() -> queue.isLate(now));
    }

    /** Has the stage complete when everything that a link has offered so far is gone. */
    void flush(LinkQueue queue, CompletableFuture<Void> flush) {
        if (!locked(() -> queue.onEmpty(flush))) {
            flush.complete(null);
        }
    }

    /** Ends as soon as there are no lines. */
    void close() {
        locked(() -> {
            if (state == State.OPEN) {
                state = State.CLOSING;
                closedAt = System.nanoTime();
                news.signal();
            }
            return true;
        });
    }

    /** Goes on after {@link #close}; false when it is too late. */
    boolean reopen() {
        return locked(() -> {
            state = state == State.CLOSING ? State.OPEN : state;
            news.signal();
            return state == State.OPEN;
        });
    }

    /** Ends, if it has been closed for so long; what is left is given up. */
    Optional<Gone> giveUp(Duration after) {
        return locked(() -> {
            if (state != State.CLOSING || System.nanoTime() - closedAt < after.toNanos()) {
                return Optional.empty();
            }
            state = State.ENDED;
            return Optional.of(gone(turns.clear()));
        });
    }

    private static Gone gone(List<Pending> lines) {
        List<CompletableFuture<Void>> flushes = new ArrayList<>();
        lines.forEach(line -> flushes.addAll(line.queue().flushed()));
        return new Gone(lines, flushes);
    }

    @SuppressWarnings("WaitNotInLoop") // those who call it are in one
    private long await(long nanos) {
        try {
            return news.awaitNanos(nanos);
        } catch (InterruptedException e) {
            LOG.debug("nobody interrupts this thread", e);
            return nanos;
        }
    }

    private <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }
}
