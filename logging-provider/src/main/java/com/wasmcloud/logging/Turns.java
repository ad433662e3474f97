package com.wasmcloud.logging;

import com.wasmcloud.logging.LinkQueue.Pending;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The links that have lines for one target. They take turns, line by line: one that logs much does not hold up another.
 * Not thread-safe; its user locks.
 */
final class Turns {
    /** Those with lines; the one whose turn is next comes first. */
    private final Set<LinkQueue> busy = new LinkedHashSet<>();

    /** Notes that a link has lines. */
    void add(LinkQueue queue) {
        busy.add(queue);
    }

    /** The next lines, so many at most, and so many bytes but for the first; they stay until they are {@link #removed}. */
    List<Pending> next(int most, int mostBytes) {
        List<Pending> next = new ArrayList<>();
        List<Iterator<Pending>> turns = new ArrayList<>(busy.size());
        busy.forEach(queue -> turns.add(queue.oldestFirst()));
        long size = 0;
        while (!turns.isEmpty()) {
            for (Iterator<Iterator<Pending>> turn = turns.iterator(); turn.hasNext(); ) {
                Iterator<Pending> lines = turn.next();
                if (!lines.hasNext()) {
                    turn.remove();
                    continue;
                }
                Pending pending = lines.next();
                size += pending.size();
                if (next.size() == most || (!next.isEmpty() && size > mostBytes)) {
                    return next;
                }
                next.add(pending);
            }
        }
        return next;
    }

    /** Takes lines away that {@link #next} gave, in its order; links that have more come last from now on. */
    void removed(List<Pending> lines) {
        for (Pending line : lines) {
            LinkQueue queue = line.queue();
            queue.removeOldest();
            queue.admit();
            busy.remove(queue);
            if (!queue.isEmpty()) {
                busy.add(queue);
            }
        }
    }

    /** Takes everything away. */
    List<Pending> clear() {
        List<Pending> all = new ArrayList<>();
        busy.forEach(queue -> all.addAll(queue.clear()));
        busy.clear();
        return all;
    }

    boolean isEmpty() {
        return busy.isEmpty();
    }
}
