package com.wasmcloud.logging;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Counts entries that were dropped, until somebody is told. Not thread-safe; its user locks. */
final class Dropped {
    private long count;
    private Instant since = Instant.EPOCH;

    void add(int more) {
        if (count == 0 && more > 0) {
            since = Instant.now();
        }
        count += more;
    }

    /** The beginning of a sentence that says how many they are, and counts from zero again; empty when there are none. */
    Optional<String> sentence() {
        if (count == 0) {
            return Optional.empty();
        }
        String counted = count + (count == 1 ? " entry was" : " entries were") + " dropped since "
                + since.truncatedTo(ChronoUnit.MILLIS);
        count = 0;
        return Optional.of(counted);
    }
}
