package com.wasmcloud.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The text that a stream gives, read as it comes by a thread of its own, which ends with the stream. Of very much text the
 * beginning is forgotten. Thread-safe.
 */
public final class CapturedText {
    private static final int MOST = 8_000_000;

    private final StringBuilder text = new StringBuilder();
    private @Nullable Consumer<String> follower;
    /** Where in the text the next line for the follower begins. */
    private int followed;

    private final Thread reader;

    private CapturedText(InputStream stream) {
        reader = new Thread(() -> read(stream), "provider-output");
        reader.setDaemon(true);
    }

    public static CapturedText of(InputStream stream) {
        CapturedText captured = new CapturedText(stream);
        captured.reader.start();
        return captured;
    }

    public String text() {
        synchronized (text) {
            return text.toString();
        }
    }

    /** Hands every line to a consumer, those that are there already at once, others by the thread that reads them. */
    public void follow(Consumer<String> lines) {
        synchronized (text) {
            follower = lines;
            followed = 0;
            handOver();
        }
    }

    /** Waits for the end of the stream. */
    public void awaitEnd(Duration limit) {
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
            handOver();
            if (text.length() > MOST) {
                int forgotten = text.length() - MOST / 2;
                text.delete(0, forgotten);
                followed = Math.max(0, followed - forgotten);
            }
        }
    }

    private void handOver() {
        Consumer<String> lines = follower;
        if (lines == null) {
            return;
        }
        for (int end = text.indexOf("\n", followed); end >= 0; end = text.indexOf("\n", followed)) {
            lines.accept(text.substring(followed, end));
            followed = end + 1;
        }
    }
}
