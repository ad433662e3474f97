package com.wasmcloud.keyvalue.redis;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.protocol.RedisProtocolException;
import io.netty.channel.ConnectTimeoutException;
import java.net.ConnectException;
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
        if (isRefusedUnsent(cause)) {
            return "not connected right now";
        }
        if (isOverload(cause)) {
            return "no answer while " + LettuceSetup.MOST_PENDING + " calls are waiting";
        }
        String text = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        if (cause instanceof ConnectException && text.toLowerCase(Locale.ROOT).contains("refused")) {
            return "connection refused";
        }
        if (cause instanceof RedisProtocolException) {
            return "it does not speak the protocol of Redis";
        }
        return cause instanceof RedisConnectionException ? text : text.replaceFirst(": /.*$", "");
    }

    /** Whether the client did not send a command, since it was not connected at that moment. */
    static boolean isRefusedUnsent(Throwable cause) {
        return cause instanceof RedisException
                && String.valueOf(cause.getMessage()).contains("not connected");
    }

    /** Whether the client did not take a command, since too many are waiting. */
    static boolean isOverload(Throwable cause) {
        return cause instanceof RedisException
                && String.valueOf(cause.getMessage()).contains("size exceeded");
    }

    private static String tls(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return "no TLS with it: " + root.getMessage() + " (see tls_ca_file, tls_cert_file and tls_verify)";
    }
}
