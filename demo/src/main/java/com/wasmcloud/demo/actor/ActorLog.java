package com.wasmcloud.demo.actor;

import com.wasmcloud.contract.logging.LogEntry;
import com.wasmcloud.contract.logging.Logging;
import java.util.Optional;

/** The lines that an actor writes. Nothing waits for them, and none is missed when it cannot be written. Thread-safe. */
record ActorLog(Logging logging, LogBook book) {
    void info(String text) {
        write("info", text);
    }

    void warn(String text) {
        write("warn", text);
    }

    private void write(String level, String text) {
        logging.writeLog(new LogEntry(level, text, Optional.empty()))
                .whenComplete((written, failure) -> book.add(level, text, failure == null));
    }
}
