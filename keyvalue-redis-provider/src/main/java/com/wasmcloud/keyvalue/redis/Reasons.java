package com.wasmcloud.keyvalue.redis;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisConnectionException;
import io.netty.channel.ConnectTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLException;

/** Why Redis could not be reached, in words for the person who must act. */
final class Reasons {
    private Reasons() {}

    /** What really failed, where stages of a future have wrapped it. */
    static Throwable cause(Throwable failure) {
        Throwable inner = failure instanceof CompletionException ? failure.getCause() : null;
        return inner == null ? failure : inner;
    }

    /** The end of a sentence about a failed connection. */
    static String of(Throwable failure) {
        Throwable cause = failure;
        while (!(cause instanceof RedisCommandExecutionException) && cause.getCause() != null) {
            if (cause instanceof SSLException) {
                return tls(cause);
            }
            cause = cause.getCause();
        }
        if (cause instanceof RedisCommandExecutionException) {
            return "it answers " + cause.getMessage();
        }
        if (cause instanceof RedisCommandTimeoutException || cause instanceof ConnectTimeoutException) {
            return "no answer in time";
        }
        if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
            return "its host name is not known";
        }
        if (cause instanceof SSLException) {
            return tls(cause);
        }
        String text = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        if (text.toLowerCase(Locale.ROOT).contains("connection refused")) {
            return "connection refused";
        }
        return cause instanceof RedisConnectionException ? text : text.replaceFirst(": /.*$", "");
    }

    private static String tls(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return "no TLS with it: " + root.getMessage() + " (see tls_ca_file, tls_cert_file and tls_verify)";
    }
}
