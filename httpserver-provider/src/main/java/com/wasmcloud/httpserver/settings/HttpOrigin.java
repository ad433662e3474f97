package com.wasmcloud.httpserver.settings;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The origin of a page, such as {@code https://example.com}, in the one form that can be compared. */
public final class HttpOrigin {
    private static final Pattern ORIGIN =
            Pattern.compile("https?://[a-z0-9._~-]+(:\\d{1,5})?|https?://\\[[0-9a-f:.]+](:\\d{1,5})?");

    private HttpOrigin() {}

    /** Reads the origin that a setting names; empty when it is none. */
    static Optional<String> parse(String text) {
        String origin = normalized(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        return Optional.of(origin).filter(ORIGIN.asMatchPredicate());
    }

    /** Scheme and host in lower case, without the port that is the scheme's default. */
    public static String normalized(String origin) {
        String lowerCase = origin.toLowerCase(Locale.ROOT);
        return withoutPort(withoutPort(lowerCase, "https://", ":443"), "http://", ":80");
    }

    private static String withoutPort(String origin, String scheme, String port) {
        return origin.startsWith(scheme) && origin.endsWith(port)
                ? origin.substring(0, origin.length() - port.length())
                : origin;
    }
}
