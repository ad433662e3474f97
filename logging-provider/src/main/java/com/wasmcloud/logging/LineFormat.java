package com.wasmcloud.logging;

import com.wasmcloud.provider.support.Json;
import com.wasmcloud.provider.support.LineText;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/** How a line looks. Whatever an actor writes stays within its line, and within its place in it. */
enum LineFormat {
    /**
     * {@code 2026-11-23T20:53:00.123Z WARN actor=M… link=default trace_id=… target="…": text}; what the actor wrote comes
     * last or in quotes, so that it cannot pass for anything else.
     */
    TEXT {
        @Override
        String form(LogLine line) {
            StringBuilder text = new StringBuilder(line.text().length() + 160)
                    .append(time(line.time()))
                    .append(' ')
                    .append(line.severity().name());
            line.unknownLevel().ifPresent(level -> text.append(" level=").append(quoted(level)));
            if (!line.actor().isEmpty()) {
                text.append(" actor=").append(LineText.escaped(line.actor()));
                text.append(" link=").append(LineText.escaped(line.link()));
            }
            line.trace().ifPresent(trace -> text.append(" trace_id=").append(trace.traceId()));
            line.topic().ifPresent(topic -> text.append(" target=").append(quoted(topic)));
            text.append(": ").append(LineText.escaped(line.text()));
            if (line.cut() > 0) {
                text.append("…[").append(line.cut()).append(" more characters cut]");
            }
            return text.append('\n').toString();
        }
    },

    /** One object a line, with the same names as in the log of every provider. */
    JSON {
        @Override
        String form(LogLine line) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("timestamp", time(line.time()));
            object.put("level", line.severity().lowerCase());
            line.unknownLevel().ifPresent(level -> object.put("unknown_level", level));
            if (!line.actor().isEmpty()) {
                object.put("actor", line.actor());
                object.put("link", line.link());
            }
            line.trace().ifPresent(trace -> object.put("trace_id", trace.traceId()));
            line.topic().ifPresent(topic -> object.put("target", topic));
            object.put("message", line.text());
            if (line.cut() > 0) {
                object.put("cut", line.cut());
            }
            return LineText.escapedJson(Json.write(object)) + "\n";
        }
    };

    abstract String form(LogLine line);

    /** The line in UTF-8, line break included. */
    byte[] bytes(LogLine line) {
        return form(line).getBytes(StandardCharsets.UTF_8);
    }

    private static String time(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    private static String quoted(String text) {
        return '"' + LineText.escaped(text.replace("\\", "\\\\").replace("\"", "\\\"")) + '"';
    }
}
