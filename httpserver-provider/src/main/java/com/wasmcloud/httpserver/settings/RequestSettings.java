package com.wasmcloud.httpserver.settings;

import com.wasmcloud.provider.settings.Settings;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the requests of a link are handled. An immutable value.
 *
 * @param readOnly whether only GET and HEAD reach the actor
 * @param cacheControl the {@code Cache-Control} of responses in which the actor sets none
 */
public record RequestSettings(
        Limits limits, boolean readOnly, Optional<String> cacheControl, CorsSettings cors, Extras extras) {
    private static final Logger LOG = LoggerFactory.getLogger(RequestSettings.class);
    private static final String DEFAULT_MAX_CONTENT_LENGTH = "100M";
    private static final int GIB = 1 << 30;

    /**
     * Limits on requests.
     *
     * @param timeout how long the actor may take for an answer; the host's timeout when empty
     * @param maxContentLength largest body of a request, in bytes
     * @param maxRequests in flight at a time
     */
    public record Limits(Optional<Duration> timeout, int maxContentLength, int maxRequests) {}

    /**
     * What is told of requests besides, to the actor and to the operator.
     *
     * @param requestIdHeader in lower case; requests get no ID when empty
     */
    public record Extras(Forwarded forwarded, Optional<String> requestIdHeader, AccessLogFormat accessLog) {}

    static RequestSettings from(Settings settings) {
        return new RequestSettings(
                new Limits(
                        timeout(settings),
                        maxContentLength(settings),
                        settings.number("max_requests", 2048, 1, 1_000_000)),
                readOnly(settings),
                named(settings, "cache_control", RequestSettings::headerValue),
                CorsSettings.from(settings),
                new Extras(
                        settings.parsed("forwarded", Forwarded.OFF, Forwarded::parse),
                        named(settings, "request_id_header", RequestSettings::headerName),
                        settings.parsed("access_log", AccessLogFormat.NONE, AccessLogFormat::parse)));
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
            // reported below
        }
        throw new IllegalArgumentException("must be a number of bytes up to 1G, such as 1048576, 512K or 100M");
    }

    /** Anything but true is false, as in the Rust original; a value that is neither is logged. */
    private static boolean readOnly(Settings settings) {
        String text = settings.text("readonly_mode", "false").strip().toLowerCase(Locale.ROOT);
        if (!text.equals("true") && !text.equals("false")) {
            LOG.warn("setting 'readonly_mode' is neither true nor false; taking it for false");
        }
        return text.equals("true");
    }

    private static String headerValue(String text) {
        if (text.isEmpty() || !FieldSyntax.isVisibleAscii(text)) {
            throw new IllegalArgumentException("must be the value of a header, such as max-age=3600");
        }
        return text;
    }

    private static String headerName(String text) {
        String lowerCase = text.toLowerCase(Locale.ROOT);
        if (!FieldSyntax.isToken(lowerCase)) {
            throw new IllegalArgumentException("must be the name of a header, such as x-request-id");
        }
        return lowerCase;
    }
}
