package com.wasmcloud.provider;

import java.io.PrintStream;
import java.util.Locale;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Sends all logging of the process to standard error; standard output belongs to the host. */
final class LogSetup {
    private LogSetup() {}

    /**
     * @param json one JSON object a line instead of text
     * @param level as hosts name it, in any case; info when empty or unknown
     */
    static void apply(boolean json, String level) {
        LogManager.getLogManager().reset();
        Level wanted = level(level);
        Logger root = Logger.getLogger("");
        root.setLevel(wanted.intValue() < Level.INFO.intValue() ? Level.INFO : wanted);
        Logger.getLogger("com.wasmcloud").setLevel(wanted); // libraries stay at info: their details drown ours
        root.addHandler(new ToStream(System.err, json ? new LogLines.Json() : new LogLines.Text()));
    }

    static Level level(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "trace" -> Level.FINEST;
            case "debug" -> Level.FINE;
            case "warn", "warning" -> Level.WARNING;
            case "error", "critical", "alert", "emergency" -> Level.SEVERE;
            case "none", "off" -> Level.OFF;
            default -> Level.INFO;
        };
    }

    /** Writes each line at once. */
    private static final class ToStream extends Handler {
        private final PrintStream out;

        ToStream(PrintStream out, Formatter lines) {
            this.out = out;
            setFormatter(lines);
        }

        @Override
        public void publish(LogRecord entry) {
            if (isLoggable(entry)) {
                out.print(getFormatter().format(entry));
                out.flush();
            }
        }

        @Override
        public void flush() {
            out.flush();
        }

        @Override
        public void close() {}
    }
}
