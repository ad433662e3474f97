package com.wasmcloud.provider.support;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The header {@code traceparent} of the W3C trace context, level 1: {@code 00-<trace id>-<span id>-<flags>}. It comes from
 * callers and may be anything. An immutable value.
 *
 * @param traceId 32 hexadecimal digits
 * @param spanId 16 hexadecimal digits
 * @param flags 2 hexadecimal digits
 */
public record TraceParent(String traceId, String spanId, String flags) {
    private static final int LENGTH = 55;
    /** Later versions may have more behind the flags. */
    private static final int LONGEST = 512;

    private static final int SPAN = 36;
    private static final int FLAGS = 53;

    /** Takes a header apart; empty when it is none of a known form. */
    public static Optional<TraceParent> parse(@Nullable String header) {
        return header != null && isWellFormed(header)
                ? Optional.of(new TraceParent(
                        traceId(header), header.substring(SPAN, SPAN + 16), header.substring(FLAGS, LENGTH)))
                : Optional.empty();
    }

    /** The trace id in a header that {@link #isWellFormed}. */
    public static String traceId(String header) {
        return header.substring(3, SPAN - 1);
    }

    /**
     * Whether a header may be passed on: version 00, or a later one with whatever that has at its end; neither id is all
     * zeros, and {@code ff} is no version.
     */
    public static boolean isWellFormed(String header) {
        int length = header.length();
        if (length < LENGTH || length > LONGEST || header.startsWith("ff")) {
            return false;
        }
        if (length > LENGTH && (header.startsWith("00") || header.charAt(LENGTH) != '-')) {
            return false;
        }
        for (int i = 0; i < LENGTH; i++) {
            char c = header.charAt(i);
            boolean dash = i == 2 || i == SPAN - 1 || i == FLAGS - 1;
            if (dash ? c != '-' : !isHex(c)) {
                return false;
            }
        }
        for (int i = LENGTH; i < length; i++) {
            if (header.charAt(i) < ' ' || header.charAt(i) > '~') {
                return false;
            }
        }
        return hasDigit(header, 3, SPAN - 1) && hasDigit(header, SPAN, FLAGS - 1);
    }

    private static boolean isHex(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    }

    /** Whether some digit is not zero. */
    private static boolean hasDigit(String header, int from, int to) {
        for (int i = from; i < to; i++) {
            if (header.charAt(i) != '0') {
                return true;
            }
        }
        return false;
    }
}
