package com.wasmcloud.httpserver.settings;

import java.util.Locale;

/** Whether the actor is told of the client in {@code x-forwarded-for}, {@code -proto} and {@code -host}. */
public enum Forwarded {
    /** Nothing is added, and what the client sends passes like any other header. */
    OFF,
    /** What the client sends is replaced: for a listener that clients connect to directly. */
    SET,
    /** Our side is appended to what is there: for a listener that can be reached through a proxy only. */
    APPEND;

    static Forwarded parse(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "off" -> OFF;
            case "set" -> SET;
            case "append" -> APPEND;
            default -> throw new IllegalArgumentException("must be off, set or append");
        };
    }
}
