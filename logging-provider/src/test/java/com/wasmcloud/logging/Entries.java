package com.wasmcloud.logging;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Lines for tests. */
final class Entries {
    static final LineStyle TEXT = new LineStyle(LineFormat.TEXT, "service");

    private Entries() {}

    static List<Entry> of(String... texts) {
        return Arrays.stream(texts).map(text -> new Entry(line(text), TEXT)).toList();
    }

    /** What {@link LineFormat#TEXT} makes of it has so many characters more than the text. */
    static LogLine line(String text) {
        return new LogLine(
                Instant.EPOCH, Severity.INFO, Optional.empty(), "", "", Optional.empty(), Optional.empty(), text, 0);
    }

    /** The texts of lines, of which a file has the rest too. */
    static String asText(String... texts) {
        StringBuilder lines = new StringBuilder();
        of(texts).forEach(entry -> lines.append(LineFormat.TEXT.form(entry.line())));
        return lines.toString();
    }
}
