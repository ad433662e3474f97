package com.wasmcloud.httpserver;

import com.wasmcloud.contract.rpc.RpcException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.Map;
import java.util.concurrent.CompletionException;

/**
 * What a client is told when there is no answer of an actor: a status, and a sentence that gives nothing of the inside
 * away. An immutable value.
 *
 * @param headers what goes with the status
 */
record HttpFailure(int status, String sentence, Map<String, String> headers) {
    private static final long LINGER_MILLIS = 1000;

    HttpFailure(int status, String sentence) {
        this(status, sentence, Map.of());
    }

    /** The same for a client that may try it again in a second. */
    HttpFailure retryLater() {
        return new HttpFailure(status, sentence, Map.of("retry-after", "1"));
    }

    /** What to tell of a failure on the way to the actor and back. */
    static HttpFailure of(Throwable cause) {
        if (!(cause instanceof RpcException rpc)) {
            return new HttpFailure(500, "The server failed to handle the request.");
        }
        return switch (rpc.code()) {
            case TIMEOUT -> new HttpFailure(503, "The application did not answer in time.");
            case UNREACHABLE -> new HttpFailure(503, "The application is not running.");
            case OVERLOADED -> overloaded();
            case BACKEND -> new HttpFailure(503, "The application cannot be reached at the moment.");
            default -> new HttpFailure(500, "The application failed to handle the request.");
        };
    }

    static HttpFailure overloaded() {
        return new HttpFailure(503, "The server has too much to do; try again in a moment.").retryLater();
    }

    /** For a client that waits while the provider ends. */
    static HttpFailure stopping() {
        return new HttpFailure(
                503,
                "The server is being stopped; try again in a moment.",
                Map.of("retry-after", "1", "connection", "close"));
    }

    /** What went wrong, out of what the stages on the way have put around it. */
    static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /** What to tell of bytes that are no request. */
    static HttpFailure ofMalformed(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        String kind = cause.getClass().getSimpleName();
        return switch (kind) {
            case "TooLongHttpLineException" -> new HttpFailure(414, "The address of the request is too long.");
            case "TooLongHttpHeaderException" -> new HttpFailure(431, "The headers of the request are too large.");
            default -> invalid();
        };
    }

    static HttpFailure invalid() {
        return new HttpFailure(400, "The request is not valid HTTP.");
    }

    /** Answers with it. A client that is still sending is cut off, after time enough to read the answer. */
    Future<Void> answer(HttpServerRequest request, HttpDate date) {
        HttpServerResponse response = request.response();
        String body = body(response);
        response.putHeader("date", date.now()).putHeader("content-type", "text/plain; charset=utf-8");
        response.putHeader("content-length", Integer.toString(body.length()));
        headers.forEach((name, value) -> {
            if (request.version() != HttpVersion.HTTP_2 || !name.equals("connection")) {
                response.putHeader(name, value);
            }
        });
        boolean cutOff = isStillSending(request);
        if (cutOff) {
            response.putHeader("connection", "close");
        }
        Future<Void> sent = request.method().equals(HttpMethod.HEAD) ? response.end() : response.end(body);
        if (cutOff) {
            // not at once, or what still comes in would make the client's system drop the answer
            Vertx.currentContext().owner().setTimer(LINGER_MILLIS, timer -> request.connection()
                    .close());
        }
        return sent;
    }

    private String body(HttpServerResponse response) {
        return status + " " + response.setStatusCode(status).getStatusMessage() + ": " + sentence + "\n";
    }

    private static boolean hasLength(HttpServerRequest request) {
        String length = request.getHeader("content-length");
        return length != null && !length.equals("0");
    }

    /** In HTTP/2 a stream that nobody reads harms nobody. */
    private static boolean isStillSending(HttpServerRequest request) {
        return !request.isEnded()
                && request.version() != HttpVersion.HTTP_2
                && (request.headers().contains("transfer-encoding") || hasLength(request));
    }
}
