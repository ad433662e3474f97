package com.wasmcloud.logging;

import java.util.Locale;
import java.util.Optional;

/** How important a line is, the least important first. */
enum Severity {
    TRACE,
    DEBUG,
    INFO,
    WARN,
    ERROR;

    /** Understands the words that people use for levels, in any case; empty for what is none. */
    static Optional<Severity> of(String name) {
        return switch (name.strip().toLowerCase(Locale.ROOT)) {
            case "trace" -> Optional.of(TRACE);
            case "debug" -> Optional.of(DEBUG);
            case "info", "information", "notice" -> Optional.of(INFO);
            case "warn", "warning" -> Optional.of(WARN);
            case "error", "err", "severe", "critical", "fatal", "panic", "alert", "emergency" -> Optional.of(ERROR);
            default -> Optional.empty();
        };
    }

    /** The name in lower case. */
    String lowerCase() {
        return name().toLowerCase(Locale.ROOT);
    }
}
