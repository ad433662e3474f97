package com.wasmcloud.httpserver.handlers;

import com.wasmcloud.httpserver.settings.AccessLogFormat;
import com.wasmcloud.provider.support.Json;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A line of the access log. Query strings are omitted: they may hold secrets. */
final class AccessLogLine {
    private static final DateTimeFormatter COMMON_TIME =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.US).withZone(ZoneOffset.UTC);

    private AccessLogLine() {}

    record Request(String client, String method, String path, String version) {}

    /**
     * @param bytes of the answer's body
     */
    record Outcome(int status, long bytes, long nanos) {}

    /**
     * @param ids by name, what the request can be found by elsewhere
     */
    static String of(AccessLogFormat format, Instant time, Request request, Outcome outcome, Map<String, String> ids) {
        return format == AccessLogFormat.JSON ? json(time, request, outcome, ids) : common(time, request, outcome);
    }

    private static String common(Instant time, Request request, Outcome outcome) {
        return request.client + " - - [" + COMMON_TIME.format(time) + "] \"" + escaped(request.method) + " "
                + escaped(request.path) + " " + request.version + "\" " + outcome.status + " " + outcome.bytes;
    }

    private static String json(Instant time, Request request, Outcome outcome, Map<String, String> ids) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("time", time.toString());
        line.put("client", request.client);
        line.put("method", request.method);
        line.put("path", request.path);
        line.put("protocol", request.version);
        line.put("status", outcome.status);
        line.put("bytes", outcome.bytes);
        line.put("ms", outcome.nanos / 1_000_000.0);
        line.putAll(ids);
        return Json.write(line);
    }

    /** Escapes what could be taken for the end of a field or a line, as web servers do. */
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
