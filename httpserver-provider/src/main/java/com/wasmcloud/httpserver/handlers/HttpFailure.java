package com.wasmcloud.httpserver.handlers;

import com.wasmcloud.httpserver.vertx.HttpPort;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer of the provider itself: a status, and a sentence for the client that tells nothing of the inside. Handlers
 * pass it to {@link io.vertx.ext.web.RoutingContext#fail(Throwable)}. It has no stack trace.
 */
public final class HttpFailure extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final long LINGER_MILLIS = 1000;

    private final int status;
    private final transient Map<String, String> headers;

    private HttpFailure(int status, String sentence, Map<String, String> headers, @Nullable Throwable cause) {
        super(sentence, cause, false, false);
        this.status = status;
        this.headers = headers;
    }

    /** A status and a sentence for the client. */
    public static HttpFailure of(int status, String sentence) {
        return new HttpFailure(status, sentence, Map.of(), null);
    }

    /** The same with one more header. */
    public HttpFailure with(String name, String value) {
        Map<String, String> more = new java.util.LinkedHashMap<>(headers);
        more.put(name, value);
        return new HttpFailure(status, sentence(), more, getCause());
    }

    /** The same for a client that may try again in a second. */
    public HttpFailure retryLater() {
        return with("retry-after", "1");
    }

    /** The same with the cause, for the log. */
    public HttpFailure because(Throwable cause) {
        return new HttpFailure(status, sentence(), headers, cause);
    }

    /** Too many requests are in flight. */
    public static HttpFailure overloaded() {
        return of(503, "The server has too much to do; try again in a moment.").retryLater();
    }

    /** Bytes that are not an HTTP request, or a request that does not say which host it is for. */
    public static HttpFailure invalid() {
        return of(400, "The request is not valid HTTP.");
    }

    /** The provider stops before the application has answered. */
    static HttpFailure stopping() {
        return of(503, "The server is being stopped; try again in a moment.")
                .retryLater()
                .with("connection", "close");
    }

    /** A failure that no handler expected. */
    static HttpFailure unexpected(Throwable cause) {
        return of(500, "The server failed to handle the request.").because(cause);
    }

    public int status() {
        return status;
    }

    /** For the client. */
    public String sentence() {
        return String.valueOf(getMessage());
    }

    /** Answers a request that no link is there for, and reports its end. */
    public void refuse(HttpServerRequest request) {
        answer(request).onComplete(end -> HttpPort.answered(request));
    }

    /** Answers a request. The connection of a client that is still sending is closed, after time to read the answer. */
    public Future<Void> answer(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        String body = body(response);
        response.putHeader("content-type", "text/plain; charset=utf-8");
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
            // not at once: what still arrives would make the client's system drop the answer
            Vertx.currentContext().owner().setTimer(LINGER_MILLIS, timer -> request.connection()
                    .close());
        }
        return sent;
    }

    private String body(HttpServerResponse response) {
        return status + " " + response.setStatusCode(status).getStatusMessage() + ": " + sentence() + "\n";
    }

    /** In HTTP/2 a stream that nobody reads does no harm. */
    private static boolean isStillSending(HttpServerRequest request) {
        return !request.isEnded()
                && request.version() != HttpVersion.HTTP_2
                && (request.headers().contains("transfer-encoding") || hasLength(request));
    }

    private static boolean hasLength(HttpServerRequest request) {
        String length = request.getHeader("content-length");
        return length != null && !length.equals("0");
    }
}
