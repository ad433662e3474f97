package com.wasmcloud.logging;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The entries that are not written yet, oldest first: a queue with a bound, and before its door those who wait a little
 * for room. Not thread-safe; its user locks.
 */
final class Backlog<E> {
    private final int mostEntries;
    private final long mostBytes;
    private final Deque<Pending<E>> queue = new ArrayDeque<>();
    private final Deque<Pending<E>> waiting = new ArrayDeque<>();
    private long bytes;

    /**
     * An entry and the call that brought it.
     *
     * @param size in memory, roughly
     * @param deadline in nanoseconds of {@link System#nanoTime}: until then its call waits for an answer
     * @param call completes with the answer
     */
    record Pending<E>(E entry, int size, long deadline, CompletableFuture<Void> call) {}

    Backlog(int mostEntries, long mostBytes) {
        this.mostEntries = mostEntries;
        this.mostBytes = mostBytes;
    }

    /** Takes an entry, or has it wait for room; false when too many wait already. */
    boolean add(Pending<E> pending) {
        if (waiting.isEmpty() && fits(pending)) {
            enqueue(pending);
            return true;
        }
        return waiting.size() < mostEntries && waiting.add(pending);
    }

    /** Takes an entry whether there is room or not. */
    void enqueue(Pending<E> pending) {
        queue.add(pending);
        bytes += pending.size;
    }

    private boolean fits(Pending<E> pending) {
        return queue.isEmpty() || (queue.size() < mostEntries && bytes + pending.size <= mostBytes);
    }

    /** The oldest entries, so many at the most, and so many bytes but for the first; they stay until they are {@link #removed}. */
    List<Pending<E>> oldest(int most, int mostBytes) {
        List<Pending<E>> oldest = new ArrayList<>(Math.min(most, queue.size()));
        long size = 0;
        for (Pending<E> pending : queue) {
            size += pending.size;
            if (oldest.size() == most || (!oldest.isEmpty() && size > mostBytes)) {
                break;
            }
            oldest.add(pending);
        }
        return oldest;
    }

    /** Takes the oldest entries away, since they are written or given up; those who wait come in. */
    List<Pending<E>> removed(int count) {
        List<Pending<E>> removed = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Pending<E> pending = queue.remove();
            bytes -= pending.size;
            removed.add(pending);
        }
        return removed;
    }

    /** Lets those in who wait, as far as there is room. */
    void admit() {
        for (Pending<E> next = waiting.peek(); next != null && fits(next); next = waiting.peek()) {
            enqueue(waiting.remove());
        }
    }

    /** Takes those away who have waited for room until their deadline. */
    List<Pending<E>> expired(long now) {
        List<Pending<E>> expired = new ArrayList<>();
        for (Pending<E> next = waiting.peek(); next != null && next.deadline - now <= 0; next = waiting.peek()) {
            expired.add(waiting.remove());
        }
        return expired;
    }

    /** Those in the queue whose calls have waited long enough for an answer and have none. */
    List<Pending<E>> late(long now) {
        return queue.stream()
                .takeWhile(pending -> pending.deadline - now <= 0)
                .filter(pending -> !pending.call.isDone())
                .toList();
    }

    /** Takes everything away. */
    List<Pending<E>> clear() {
        List<Pending<E>> all = new ArrayList<>(queue);
        all.addAll(waiting);
        queue.clear();
        waiting.clear();
        bytes = 0;
        return all;
    }

    /** How many entries there are in all. */
    int size() {
        return queue.size() + waiting.size();
    }

    boolean isEmpty() {
        return queue.isEmpty() && waiting.isEmpty();
    }
}
