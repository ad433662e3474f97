package com.wasmcloud.httpserver;

import com.wasmcloud.provider.settings.Settings;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done with the requests of a link.
 *
 * @param limits how large, how many, how long
 * @param readOnly whether only GET and HEAD reach the actor
 * @param cacheControl the header of that name for answers in which the actor does not give it
 * @param cors what pages from elsewhere may do
 * @param extras what is told of a request besides
 */
record RequestSettings(Limits limits, boolean readOnly, Optional<String> cacheControl, CorsPolicy cors, Extras extras) {
    private static final Logger LOG = LoggerFactory.getLogger(RequestSettings.class);
    private static final String DEFAULT_MAX_CONTENT_LENGTH = "100M";
    private static final int GIB = 1 << 30;

    /**
     * @param timeout how long the actor may take for an answer; the host's timeout when empty
     * @param maxContentLength largest body of a request, in bytes
     * @param maxRequests in flight at a time
     */
    record Limits(Optional<Duration> timeout, int maxContentLength, int maxRequests) {}

    /**
     * @param forwarding whether the actor is told of the client
     * @param requestIdHeader in lower case; nothing is added when empty
     */
    record Extras(Forwarding forwarding, Optional<String> requestIdHeader, AccessLog.Form accessLog) {}

    static RequestSettings from(Settings settings) {
        return new RequestSettings(
                new Limits(
                        timeout(settings),
                        maxContentLength(settings),
                        settings.number("max_requests", 2048, 1, 1_000_000)),
                readOnly(settings),
                named(settings, "cache_control", RequestSettings::headerValue),
                CorsPolicy.from(settings),
                new Extras(
                        settings.parsed("forwarded", Forwarding.OFF, Forwarding::parse),
                        named(settings, "request_id_header", RequestSettings::headerName),
                        settings.parsed("access_log", AccessLog.Form.NONE, AccessLog.Form::parse)));
    }

    private static Optional<String> named(Settings settings, String key, UnaryOperator<String> parser) {
        return settings.has(key) ? Optional.of(settings.parsed(key, "", parser)) : Optional.empty();
    }

    private static Optional<Duration> timeout(Settings settings) {
        return settings.has("timeout_ms")
                ? Optional.of(settings.millis("timeout_ms", Duration.ofSeconds(2)))
                : Optional.empty();
    }

    private static int maxContentLength(Settings settings) {
        return settings.parsed("max_content_len", bytes(DEFAULT_MAX_CONTENT_LENGTH), RequestSettings::bytes);
    }

    /** A number of bytes, or of KiB, MiB or GiB with the suffix K, M or G. */
    private static int bytes(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        int suffix = upper.isEmpty() ? -1 : "KMG".indexOf(upper.charAt(upper.length() - 1));
        String digits = suffix < 0 ? upper : upper.substring(0, upper.length() - 1);
        try {
            long bytes = Math.multiplyExact(Long.parseLong(digits), 1L << (10 * (suffix + 1)));
            if (bytes >= 0 && bytes <= GIB) {
                return (int) bytes;
            }
        } catch (ArithmeticException | NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException("must be a number of bytes up to 1G, such as 1048576, 512K or 100M");
    }

    /** Anything but true is false, as the original has it; what is neither is worth a line in the log. */
    private static boolean readOnly(Settings settings) {
        String text = settings.text("readonly_mode", "false").strip().toLowerCase(Locale.ROOT);
        if (!text.equals("true") && !text.equals("false")) {
            LOG.warn("setting 'readonly_mode' is neither true nor false; taking it for false");
        }
        return text.equals("true");
    }

    private static String headerValue(String text) {
        if (text.isEmpty() || !HttpMessages.isVisibleAscii(text)) {
            throw new IllegalArgumentException("must be the value of a header, such as max-age=3600");
        }
        return text;
    }

    private static String headerName(String text) {
        String lowerCase = text.toLowerCase(Locale.ROOT);
        if (!HttpMessages.isToken(lowerCase)) {
            throw new IllegalArgumentException("must be the name of a header, such as x-request-id");
        }
        return lowerCase;
    }
}
