package com.wasmcloud.keyvalue.redis;

import com.wasmcloud.provider.support.Causes;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.protocol.RedisProtocolException;
import io.netty.channel.ConnectTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Why Redis could not be reached, in words for the person who must act. */
final class Reasons {
    private Reasons() {}

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
        if (cause instanceof RedisCommandTimeoutException
                || cause instanceof ConnectTimeoutException
                || cause instanceof TimeoutException) {
            return "no answer in time";
        }
        if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
            return "its host name is not known";
        }
        if (cause instanceof SSLException) {
            return tls(cause);
        }
        if (cause instanceof RedisProtocolException) {
            return "it does not speak the protocol of Redis";
        }
        if (cause instanceof OutOfMemoryError) {
            return "this process is short of threads or memory (" + cause.getMessage() + ")";
        }
        if (ClientErrors.isNotSent(cause)) {
            return "not connected right now";
        }
        if (ClientErrors.isQueueFull(cause)) {
            return "no answer while " + ClientSetup.MOST_PENDING + " calls are waiting";
        }
        if (ClientErrors.isConnectionRefused(cause)) {
            return "connection refused";
        }
        String text = Causes.text(cause);
        return cause instanceof RedisConnectionException ? text : text.replaceFirst(": /.*$", "");
    }

    /** Whether a server, or one of several that were asked, refused the login. */
    static boolean isLoginRefused(Throwable failure) {
        Throwable cause = failure.getCause();
        return Replies.isLoginRefused(failure)
                || (cause != null && isLoginRefused(cause))
                || Stream.of(failure.getSuppressed()).anyMatch(Reasons::isLoginRefused);
    }

    private static String tls(Throwable failure) {
        return "no TLS with it: " + Causes.reason(failure) + " (see tls_ca_file, tls_cert_file and tls_verify)";
    }
}
