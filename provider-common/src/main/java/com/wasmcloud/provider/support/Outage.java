package com.wasmcloud.provider.support;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/**
 * Whether something that a provider needs works, and why not: said once in the log for each reason, and once when it works
 * again. Thread-safe.
 */
public final class Outage {
    /** Who gives more reasons than that puts something into them that changes each time. */
    private static final int MOST_REASONS = 16;

    private final Logger log;
    private final Words words;
    private final Set<String> said = new HashSet<>();
    private @Nullable String reason;
    private @Nullable String sentence;

    /**
     * How it is put.
     *
     * @param level of the line about what does not work
     * @param failing begins the sentence {@code <failing>: <reason>; trying again}, such as {@code cannot reach Redis at x}
     * @param working the line about what works again, such as {@code Redis at x is reached again}; empty for none
     */
    public record Words(Level level, String failing, String working) {}

    /** No outage so far. */
    public Outage(Logger log, Words words) {
        this.log = log;
        this.words = words;
    }

    /** It does not work. */
    public synchronized void failed(String why) {
        reason = why;
        sentence = words.failing() + ": " + why + "; trying again";
        if (said.size() < MOST_REASONS && said.add(why)) {
            log.atLevel(words.level()).log("{}", sentence);
        }
    }

    /** It is not known yet whether it works; the sentence says what it is waiting for, and is not logged. */
    public synchronized void waitsFor(String what) {
        sentence = what;
    }

    /** It works. */
    public synchronized void works() {
        if (reason != null && !words.working().isEmpty()) {
            log.info("{}", words.working());
        }
        said.clear();
        reason = null;
        sentence = null;
    }

    /** Why it does not work, as {@link #failed} was told; empty when it does, or when that is not known yet. */
    public synchronized Optional<String> reason() {
        return Optional.ofNullable(reason);
    }

    /** What does not work, and why, as a sentence for people; empty when it works. */
    public synchronized Optional<String> sentence() {
        return Optional.ofNullable(sentence);
    }
}
