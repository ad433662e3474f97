package com.wasmcloud.httpserver;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The value of the {@code date} header, formatted once a second. Thread-safe. */
final class HttpDate {
    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US);

    private volatile Written latest = new Written(0, "");

    private record Written(long second, String text) {}

    String now() {
        Written written = latest;
        long second = System.currentTimeMillis() / 1000;
        if (written.second != second) {
            written = new Written(
                    second, FORM.format(Instant.ofEpochSecond(second).atOffset(ZoneOffset.UTC)));
            latest = written;
        }
        return written.text;
    }
}
