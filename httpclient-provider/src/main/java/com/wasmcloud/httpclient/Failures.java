package com.wasmcloud.httpclient;

import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.contract.rpc.RpcException.Code;
import com.wasmcloud.httpclient.ExchangeFailure.Phase;
import com.wasmcloud.httpclient.access.DeniedException;
import com.wasmcloud.httpclient.access.Target;
import com.wasmcloud.provider.support.Causes;
import com.wasmcloud.provider.support.LineText;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.proxy.ProxyConnectException;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.StreamResetException;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Puts into words why a request has failed, without anything that may be secret, and says which ones may be tried again. */
final class Failures {
    private static final String NO_TLS = "not an SSL/TLS record";
    private static final int LONGEST_REASON = 200;
    private static final long REFUSED_STREAM = 7;

    private final HttpClientSettings settings;

    Failures(HttpClientSettings settings) {
        this.settings = settings;
    }

    /** What the actor is told; begins as the original provider's errors do. */
    RpcException told(Target target, Throwable failure) {
        Throwable cause = Causes.unwrap(failure);
        Phase phase = Phase.CONNECTING;
        if (cause instanceof ExchangeFailure exchange) {
            phase = exchange.phase();
            cause = exchange.reason();
        }
        String begin = phase == Phase.READING ? "receiving response body: " : "sending request: ";
        if (cause instanceof DeniedException) {
            return RpcException.of(Code.INVALID_ARGUMENT, begin + cause.getMessage());
        }
        if (cause instanceof RpcException known) {
            String text = begin + target.origin() + ": " + known.getMessage();
            return known.code() == Code.OVERLOADED ? known : RpcException.of(known.code(), text);
        }
        String tried = phase == Phase.CONNECTING ? "cannot connect to " : "no complete answer from ";
        String text = begin + tried + target.origin() + ": " + reason(cause, phase);
        return cause instanceof TimeoutException
                ? RpcException.of(Code.TIMEOUT, text)
                : RpcException.backend(text, cause);
    }

    /** A call took too long as a whole. */
    RpcException late(Target target) {
        return RpcException.of(
                Code.TIMEOUT,
                "sending request: no complete answer from " + target.origin() + " within the "
                        + settings.timeouts().request().toMillis() + " ms of request_timeout_ms");
    }

    /** The end of a sentence. */
    String reason(Throwable cause, Phase phase) {
        if (cause instanceof TimeoutException) {
            return phase == Phase.CONNECTING
                    ? "no connection was free in time; max_connections_per_host may all be in use"
                    : "nothing came from it for the "
                            + settings.timeouts().idle().toMillis() + " ms of idle_timeout_ms";
        }
        if (cause instanceof SSLException) {
            String why = text(cause);
            // what follows is what the server sent
            return why.startsWith(NO_TLS) ? "it does not speak TLS" : "TLS failed: " + why;
        }
        if (cause instanceof ProxyConnectException) {
            return "the proxy did not let it through: " + text(cause);
        }
        if (cause instanceof TooLongFrameException) {
            return "its headers are larger than the " + settings.limits().headerBytes() + " bytes of max_header_bytes";
        }
        if (cause instanceof HttpClosedException) {
            return "it closed the connection";
        }
        if (cause instanceof StreamResetException reset) {
            return "it gave the request up with HTTP/2 code " + reset.getCode();
        }
        if (cause instanceof IOException) {
            return text(cause);
        }
        boolean isOfWhatCame = cause instanceof RuntimeException && phase != Phase.CONNECTING;
        return isOfWhatCame || cause instanceof DecoderException || cause instanceof Http2Exception
                ? "what it sent is not HTTP"
                : text(cause);
    }

    private static String text(Throwable cause) {
        return LineText.escaped(LineText.cut(Causes.reason(cause), LONGEST_REASON));
    }

    /** Whether another attempt may end better: nothing was answered, and the request does no harm when sent twice. */
    static boolean mayBeTriedAgain(Outgoing request, Throwable failure) {
        if (!(Causes.unwrap(failure) instanceof ExchangeFailure exchange)) {
            return false;
        }
        Throwable cause = exchange.reason();
        return switch (exchange.phase()) {
            case CONNECTING ->
                cause instanceof TimeoutException
                        || (cause instanceof IOException
                                && !(cause instanceof SSLException)
                                && !(cause instanceof ProxyConnectException));
            case WAITING ->
                isRefusedStream(cause)
                        || (request.isIdempotent()
                                && (cause instanceof HttpClosedException
                                        || cause instanceof StreamResetException
                                        || (cause instanceof IOException && !(cause instanceof SSLException))));
            case READING -> false;
        };
    }

    /** Whether a request that a proxy was to forward may have failed because the proxy cannot be reached. */
    static boolean isOfProxy(Throwable failure) {
        return Causes.unwrap(failure) instanceof ExchangeFailure exchange
                && exchange.phase() == Phase.CONNECTING
                && exchange.reason() instanceof IOException cause
                && !(cause instanceof SSLException)
                && !(cause instanceof ProxyConnectException);
    }

    /** By this an HTTP/2 server says that it has not looked at the request (RFC 9113, section 8.7). */
    private static boolean isRefusedStream(Throwable cause) {
        return cause instanceof StreamResetException reset && reset.getCode() == REFUSED_STREAM;
    }
}
