package com.wasmcloud.demo.actor;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** The last lines that the actor has written, for those who want to see more of them as they come. Thread-safe. */
final class LogBook {
    private static final int KEPT = 100;
    /** More of them than this are not kept waiting but answered at once. */
    private static final int MOST_WAITING = 64;

    /** Of this run: what was read in an earlier one is no place in this book. */
    private final String run = UUID.randomUUID().toString().substring(0, 8);

    private final Deque<Line> lines = new ArrayDeque<>();
    private final List<CompletableFuture<Void>> waiting = new ArrayList<>();
    private long written;

    /**
     * One line.
     *
     * @param delivered whether the logging provider has taken it
     */
    record Line(long number, Instant time, String level, String text, boolean delivered) {}

    /**
     * Some lines.
     *
     * @param cursor to go on from here
     */
    record Extract(String cursor, List<Line> lines) {}

    void add(String level, String text, boolean delivered) {
        List<CompletableFuture<Void>> readers;
        synchronized (this) {
            written++;
            lines.addLast(new Line(written, Instant.now(), level, text, delivered));
            if (lines.size() > KEPT) {
                lines.removeFirst();
            }
            readers = List.copyOf(waiting);
            waiting.clear();
        }
        readers.forEach(reader -> reader.complete(null));
    }

    /**
     * The lines after a place, as soon as there are any; none when there are none in time.
     *
     * @param cursor of an extract; anything else is the beginning
     */
    CompletionStage<Extract> after(String cursor, Duration patience) {
        CompletableFuture<Void> more = new CompletableFuture<>();
        synchronized (this) {
            if (place(cursor) < written || waiting.size() >= MOST_WAITING) {
                return CompletableFuture.completedFuture(extract(cursor));
            }
            waiting.add(more);
        }
        return more.completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS)
                .thenApply(woken -> {
                    forget(more);
                    return extract(cursor);
                });
    }

    private synchronized void forget(CompletableFuture<Void> reader) {
        waiting.removeIf(other -> other == reader);
    }

    private synchronized Extract extract(String cursor) {
        long place = place(cursor);
        return new Extract(
                run + "-" + written,
                lines.stream().filter(line -> line.number() > place).toList());
    }

    private long place(String cursor) {
        if (!cursor.matches(run + "-\\d{1,18}")) {
            return 0;
        }
        return Long.parseLong(cursor.substring(run.length() + 1));
    }
}
