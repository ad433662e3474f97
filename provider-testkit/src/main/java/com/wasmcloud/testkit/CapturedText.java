package com.wasmcloud.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The text that a stream gives, read as it comes by a thread of its own, which ends with the stream. Thread-safe. */
final class CapturedText {
    private final StringBuilder text = new StringBuilder();
    private final Thread reader;

    private CapturedText(InputStream stream) {
        reader = new Thread(() -> read(stream), "provider-output");
        reader.setDaemon(true);
    }

    static CapturedText of(InputStream stream) {
        CapturedText captured = new CapturedText(stream);
        captured.reader.start();
        return captured;
    }

    String text() {
        synchronized (text) {
            return text.toString();
        }
    }

    /** Waits for the end of the stream. */
    void awaitEnd(Duration limit) {
        try {
            reader.join(limit.toMillis());
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while reading a provider's output", interruption);
        }
    }

    private void read(InputStream stream) {
        char[] buffer = new char[8192];
        try (Reader characters = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
            for (int size = characters.read(buffer); size >= 0; size = characters.read(buffer)) {
                append(new String(buffer, 0, size));
            }
        } catch (IOException closed) {
            append("[the output could not be read to its end]");
        }
    }

    private void append(String piece) {
        synchronized (text) {
            text.append(piece);
        }
    }
}
