package com.wasmcloud.provider;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/** How a log entry becomes a line. */
final class LogLines {
    private LogLines() {}

    private static String level(LogRecord entry) {
        int level = entry.getLevel().intValue();
        if (level >= Level.SEVERE.intValue()) {
            return "ERROR";
        }
        if (level >= Level.WARNING.intValue()) {
            return "WARN";
        }
        if (level >= Level.INFO.intValue()) {
            return "INFO";
        }
        return level >= Level.FINE.intValue() ? "DEBUG" : "TRACE";
    }

    private static String time(LogRecord entry) {
        return entry.getInstant().truncatedTo(ChronoUnit.MILLIS).toString();
    }

    private static String logger(LogRecord entry) {
        String name = String.valueOf(entry.getLoggerName());
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static String stack(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    /** {@code 2026-11-23T20:53:00.123Z INFO Running: keyvalue-redis serves …}, stack traces below. */
    static final class Text extends Formatter {
        @Override
        public String format(LogRecord entry) {
            StringBuilder line = new StringBuilder()
                    .append(time(entry))
                    .append(' ')
                    .append(level(entry))
                    .append(' ')
                    .append(logger(entry))
                    .append(": ")
                    .append(formatMessage(entry).replaceAll("\\R", "\\\\n"));
            String trace = TraceContext.traceId();
            if (!trace.isEmpty()) {
                line.append(" trace_id=").append(trace);
            }
            line.append('\n');
            if (entry.getThrown() != null) {
                line.append(stack(entry.getThrown()));
            }
            return line.toString();
        }
    }

    /** One object a line, with {@code timestamp}, {@code level}, {@code target}, {@code message}. */
    static final class Json extends Formatter {
        @Override
        public String format(LogRecord entry) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("timestamp", time(entry));
            object.put("level", level(entry).toLowerCase(Locale.ROOT));
            object.put("target", String.valueOf(entry.getLoggerName()));
            object.put("message", formatMessage(entry));
            String trace = TraceContext.traceId();
            if (!trace.isEmpty()) {
                object.put("trace_id", trace);
            }
            if (entry.getThrown() != null) {
                object.put("exception", stack(entry.getThrown()));
            }
            return com.wasmcloud.lattice.Json.write(object) + "\n";
        }
    }
}
