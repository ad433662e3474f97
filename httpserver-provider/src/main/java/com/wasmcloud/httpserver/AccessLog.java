package com.wasmcloud.httpserver;

import com.wasmcloud.provider.support.Json;
import com.wasmcloud.provider.support.Threads;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A line for every request that was answered, written by a thread of its own: event loops do not wait for whoever reads
 * the lines. When he is too slow, lines are left out and counted. Thread-safe.
 */
final class AccessLog {
    private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);
    private static final DateTimeFormatter COMMON_TIME =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.US).withZone(ZoneOffset.UTC);
    private static final int MOST_WAITING = 8192;

    private final PrintStream out;
    private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicBoolean started = new AtomicBoolean();
    private final AtomicLong leftOut = new AtomicLong();

    /** How a line looks. */
    enum Form {
        NONE,
        /** The Common Log Format of web servers. */
        COMMON,
        /** A JSON object. */
        JSON;

        static Form parse(String text) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "none", "false" -> NONE;
                case "common" -> COMMON;
                case "json" -> JSON;
                default -> throw new IllegalArgumentException("must be none, common or json");
            };
        }
    }

    /**
     * One request and its answer. Query strings are left out: they may hold what is secret.
     *
     * @param ids by name, what the request can be found by elsewhere
     */
    record Entry(Instant time, String client, Line request, Outcome outcome, Map<String, String> ids) {
        /** What was asked for. */
        record Line(String method, String path, String version) {}

        /** What became of it. */
        record Outcome(int status, long bytes, long nanos) {}
    }

    AccessLog(PrintStream out) {
        this.out = out;
    }

    void write(Form form, Entry entry) {
        if (started.compareAndSet(false, true)) {
            Threads.daemons("access-log").newThread(this::run).start();
        }
        if (!waiting.offer(form == Form.JSON ? json(entry) : common(entry))) {
            leftOut.incrementAndGet();
        }
    }

    private void run() {
        try {
            while (true) {
                StringBuilder lines = new StringBuilder();
                for (String line = waiting.take(); line != null; line = waiting.poll()) {
                    lines.append(line).append('\n');
                }
                out.writeBytes(lines.toString().getBytes(StandardCharsets.UTF_8));
                out.flush();
                long missing = leftOut.getAndSet(0);
                if (missing > 0) {
                    LOG.warn("left out {} lines of the access log, which nobody reads fast enough", missing);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static String common(Entry entry) {
        return entry.client + " - - [" + COMMON_TIME.format(entry.time) + "] \"" + escaped(entry.request.method) + " "
                + escaped(entry.request.path) + " " + entry.request.version + "\" " + entry.outcome.status + " "
                + entry.outcome.bytes;
    }

    static String json(Entry entry) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("time", entry.time.toString());
        line.put("client", entry.client);
        line.put("method", entry.request.method);
        line.put("path", entry.request.path);
        line.put("protocol", entry.request.version);
        line.put("status", entry.outcome.status);
        line.put("bytes", entry.outcome.bytes);
        line.put("ms", entry.outcome.nanos / 1_000_000.0);
        line.putAll(entry.ids);
        return Json.write(line);
    }

    /** What could be taken for the end of a field or a line, as web servers write it. */
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c > '~' || c == '"' || c == '\\') {
                escaped.append(String.format(Locale.ROOT, c < 0x100 ? "\\x%02x" : "\\u%04x", (int) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
