package com.wasmcloud.httpserver.settings;

import java.util.Locale;

/** The format of the access log. */
public enum AccessLogFormat {
    NONE,
    /** The Common Log Format of web servers. */
    COMMON,
    /** A JSON object per line. */
    JSON;

    static AccessLogFormat parse(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "none", "false" -> NONE;
            case "common" -> COMMON;
            case "json" -> JSON;
            default -> throw new IllegalArgumentException("must be none, common or json");
        };
    }
}
