package com.wasmcloud.keyvalue.redis;

import io.lettuce.core.RedisException;
import java.net.ConnectException;
import java.util.Locale;

/**
 * Tells those failures of the Redis client apart for which it has texts and no types. No other place looks at these texts,
 * which are those of {@code DefaultEndpoint} and {@code CommandHandler} in Lettuce 7.
 */
final class ClientErrors {
    private ClientErrors() {}

    /** Whether a request was not sent, since there was no connection at that moment. */
    static boolean isNotSent(Throwable cause) {
        return cause instanceof RedisException
                && (text(cause).contains("not connected") || text(cause).equals("Connection is closed"));
    }

    /** Whether a request was not taken, since too many are waiting. */
    static boolean isQueueFull(Throwable cause) {
        return cause instanceof RedisException && text(cause).contains("size exceeded");
    }

    /** Whether nobody listens at the address; Java, too, has one type for that and other failures. */
    static boolean isConnectionRefused(Throwable cause) {
        return cause instanceof ConnectException
                && text(cause).toLowerCase(Locale.ROOT).contains("refused");
    }

    private static String text(Throwable cause) {
        return String.valueOf(cause.getMessage());
    }
}
