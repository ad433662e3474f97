package com.wasmcloud.provider.logs;

import com.wasmcloud.provider.support.Json;
import com.wasmcloud.provider.support.LineText;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/**
 * How a log entry becomes a line. Texts and fields may come from anywhere: none can begin a line of its own, steer a
 * terminal, or be endless.
 */
final class LogLines {
    private static final int LONGEST_MESSAGE = 16 * 1024;
    private static final int LONGEST_FIELD = 256;
    private static final int LONGEST_STACK = 64 * 1024;

    private LogLines() {}

    /** Names what is known of the work that the current thread does, field by field; the values may hold anything. */
    @FunctionalInterface
    interface Fields {
        void forEach(BiConsumer<String, String> field);
    }

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
        // by hand: the JDK's formatters would take a twentieth of the start
        LocalDateTime time = LocalDateTime.ofInstant(entry.getInstant(), ZoneOffset.UTC);
        StringBuilder text = new StringBuilder(24).append(time.toLocalDate());
        digits(text.append('T'), time.getHour(), 10);
        digits(text.append(':'), time.getMinute(), 10);
        digits(text.append(':'), time.getSecond(), 10);
        digits(text.append('.'), time.getNano() / 1_000_000, 100);
        return text.append('Z').toString();
    }

    /** @param highest the place value of the first digit */
    private static void digits(StringBuilder text, int number, int highest) {
        for (int place = highest; place > 0; place /= 10) {
            text.append((char) ('0' + number / place % 10));
        }
    }

    /** Libraries like to quote the URLs that they were given; no secret in one is to be seen. */
    private static String message(Formatter formatter, LogRecord entry) {
        return LineText.cut(LineText.withoutCredentials(formatter.formatMessage(entry)), LONGEST_MESSAGE);
    }

    private static String stack(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return LineText.cut(LineText.withoutCredentials(text.toString()), LONGEST_STACK);
    }

    /**
     * {@code 2026-11-23T20:53:00.123Z INFO Running: keyvalue-redis serves …}; in a call, {@code Running{actor=M…
     * link=default operation=… invocation=… trace_id=…}}; stack traces below, each line of them indented.
     */
    static final class Text extends Formatter {
        private final Fields fields;

        Text(Fields fields) {
            this.fields = fields;
        }

        @Override
        public String format(LogRecord entry) {
            StringBuilder line = new StringBuilder()
                    .append(time(entry))
                    .append(' ')
                    .append(level(entry))
                    .append(' ')
                    .append(logger(entry));
            fields(line);
            line.append(": ").append(LineText.escaped(message(this, entry))).append('\n');
            if (entry.getThrown() != null) {
                stack(entry.getThrown()).lines().forEach(row -> line.append("    ")
                        .append(LineText.escaped(row.stripLeading()))
                        .append('\n'));
            }
            return line.toString();
        }

        private static String logger(LogRecord entry) {
            String name = String.valueOf(entry.getLoggerName());
            return name.substring(name.lastIndexOf('.') + 1);
        }

        private void fields(StringBuilder line) {
            int begin = line.length();
            fields.forEach((name, value) -> line.append(line.length() == begin ? '{' : ' ')
                    .append(name)
                    .append('=')
                    .append(safe(value, LONGEST_FIELD)));
            if (line.length() > begin) {
                line.append('}');
            }
        }

        private static String safe(String text, int longest) {
            return LineText.escaped(LineText.cut(text, longest));
        }
    }

    /**
     * One object a line, with {@code timestamp}, {@code level}, {@code target}, {@code message}; in a call also {@code actor},
     * {@code link}, {@code operation}, {@code invocation}, {@code trace_id}; and {@code exception} with a stack trace.
     */
    static final class JsonLines extends Formatter {
        private final Fields fields;

        JsonLines(Fields fields) {
            this.fields = fields;
        }

        @Override
        public String format(LogRecord entry) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("timestamp", time(entry));
            object.put("level", level(entry).toLowerCase(Locale.ROOT));
            object.put("target", String.valueOf(entry.getLoggerName()));
            object.put("message", message(this, entry));
            fields.forEach((name, value) -> object.put(name, LineText.cut(value, LONGEST_FIELD)));
            if (entry.getThrown() != null) {
                object.put("exception", stack(entry.getThrown()));
            }
            return LineText.escapedJson(Json.write(object)) + "\n";
        }
    }
}
