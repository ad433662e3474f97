package com.wasmcloud.logging;

import com.wasmcloud.provider.support.Budget;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The lines of one link that are not written yet, oldest first: a bounded queue, and in front of it those that wait a
 * little for room. Not thread-safe but for what says so; its user locks.
 */
final class LinkQueue {
    /** Roughly what a line takes in memory beside its text. */
    private static final int OVERHEAD = 200;

    private final LineStyle style;
    private final Bounds bounds;
    private final Budget.Share memory;
    private final Deque<Pending> queue = new ArrayDeque<>();
    private final Deque<Pending> waiting = new ArrayDeque<>();
    private final List<CompletableFuture<Void>> flushes = new ArrayList<>();
    private final AtomicBoolean watched = new AtomicBoolean();
    private long bytes;

    /**
     * A line and the call that brought it.
     *
     * @param size in memory, roughly
     * @param deadline in nanoseconds of {@link System#nanoTime}: until then its call waits for an answer
     * @param call completes with the answer
     */
    record Pending(LinkQueue queue, Entry entry, int size, long deadline, CompletableFuture<Void> call) {
        /** Counts the line in the memory of its link; false when that is used up. */
        boolean take() {
            return queue.memory.tryTake(bytesInMemory());
        }

        /** Gives the memory back, since the line is not needed any more. */
        void give() {
            queue.memory.give(bytesInMemory());
        }

        /** A character may take two bytes. */
        private long bytesInMemory() {
            return 2L * size;
        }

        private boolean isLate(long now) {
            return deadline - now <= 0;
        }
    }

    /** @param memory of the link, where its lines are counted */
    LinkQueue(LineStyle style, Bounds bounds, Budget.Share memory) {
        this.style = style;
        this.bounds = bounds;
        this.memory = memory;
    }

    /** How long a call waits for its answer at most. Any thread. */
    Duration patience() {
        return bounds.patience();
    }

    /** A line for this queue, not in it yet. Any thread. */
    Pending pending(LogLine line) {
        return pending(line, OVERHEAD + line.text().length());
    }

    /** A line of the provider itself, which is not counted. Any thread. */
    Pending report(LogLine line) {
        return pending(line, 0);
    }

    private Pending pending(LogLine line, int size) {
        long deadline = System.nanoTime() + bounds.patience().toNanos();
        return new Pending(this, new Entry(line, style), size, deadline, new CompletableFuture<>());
    }

    /** Takes a line, or has it wait for room; false when too many wait already. */
    boolean add(Pending pending) {
        if (waiting.isEmpty() && fits(pending)) {
            enqueue(pending);
            return true;
        }
        return waiting.size() < bounds.entries() && waiting.add(pending);
    }

    /** Takes a line whether there is room or not. */
    void enqueue(Pending pending) {
        queue.add(pending);
        bytes += pending.size;
    }

    private boolean fits(Pending pending) {
        return queue.isEmpty() || (queue.size() < bounds.entries() && bytes + pending.size <= bounds.bytes());
    }

    /** The lines in the queue, which do not change meanwhile. */
    Iterator<Pending> oldestFirst() {
        return queue.iterator();
    }

    /** Takes the oldest line away, since it is written or given up. */
    void removeOldest() {
        bytes -= queue.remove().size;
    }

    /** Lets those in that wait, as far as there is room. */
    void admit() {
        for (Pending next = waiting.peek(); next != null && fits(next); next = waiting.peek()) {
            enqueue(waiting.remove());
        }
    }

    /** Takes those away that have waited for room until their deadline. */
    List<Pending> expired(long now) {
        List<Pending> expired = new ArrayList<>();
        for (Pending next = waiting.peek(); next != null && next.isLate(now); next = waiting.peek()) {
            expired.add(waiting.remove());
        }
        return expired;
    }

    /** Those in the queue whose calls have waited long enough for an answer and have none. */
    List<Pending> late(long now) {
        return queue.stream()
                .takeWhile(pending -> pending.isLate(now))
                .filter(pending -> !pending.call.isDone())
                .toList();
    }

    /** Whether the oldest line should have been written by now. */
    boolean isLate(long now) {
        Pending oldest = queue.peek();
        return oldest != null && oldest.isLate(now);
    }

    /** Takes everything away. */
    List<Pending> clear() {
        List<Pending> all = new ArrayList<>(queue);
        all.addAll(waiting);
        queue.clear();
        waiting.clear();
        bytes = 0;
        return all;
    }

    boolean isEmpty() {
        return queue.isEmpty() && waiting.isEmpty();
    }

    /** Remembers who waits for this to become empty; false when it is. */
    boolean onEmpty(CompletableFuture<Void> flush) {
        return !isEmpty() && flushes.add(flush);
    }

    /** Those who have waited for this to become empty, once, and when it is. */
    List<CompletableFuture<Void>> flushed() {
        if (flushes.isEmpty() || !isEmpty()) {
            return List.of();
        }
        List<CompletableFuture<Void>> all = List.copyOf(flushes);
        flushes.clear();
        return all;
    }

    /** Begins to be looked after by a clock; false when it is already. Any thread. */
    boolean watch() {
        return !watched.get() && watched.compareAndSet(false, true);
    }

    /** The clock has come. Any thread. */
    void unwatch() {
        watched.set(false);
    }
}
