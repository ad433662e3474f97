package com.wasmcloud.provider.support;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Keeps what is logged under a name, until it is closed. */
public final class RecordedLog implements AutoCloseable {
    private static final Formatter FORMATTER = new SimpleFormatter();

    private final List<LogRecord> records = new CopyOnWriteArrayList<>();
    private final Logger target;
    private final Handler recorder = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            records.add(entry);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    /** Begins to keep, and keeps the lines from all others. */
    public RecordedLog(String name) {
        target = Logger.getLogger(name);
        recorder.setLevel(Level.ALL);
        target.setUseParentHandlers(false);
        target.addHandler(recorder);
    }

    /** Sets what is logged. */
    public void level(Level level) {
        target.setLevel(level);
    }

    /** All entries so far. */
    public List<LogRecord> records() {
        return records;
    }

    /** Level and text of each. */
    public List<String> lines() {
        return records.stream()
                .map(entry -> entry.getLevel().getName() + " " + FORMATTER.formatMessage(entry))
                .toList();
    }

    @Override
    public void close() {
        target.removeHandler(recorder);
        target.setUseParentHandlers(true);
        target.setLevel(null);
    }
}
