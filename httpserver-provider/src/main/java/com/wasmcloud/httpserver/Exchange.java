package com.wasmcloud.httpserver;

import com.wasmcloud.contract.httpserver.HttpRequest;
import com.wasmcloud.contract.httpserver.HttpResponse;
import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.provider.telemetry.Span;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One request on its way to the actor, and the answer on its way back. Used on the request's event loop. */
final class Exchange implements RequestBody.Receiver {
    private final HttpLink link;
    private final HttpServerRequest request;
    private final Context context;
    private final Runnable over;
    /** Whether the client has been told something, or is gone: whatever comes later comes too late. */
    private boolean settled;

    private final BodyBudget.Share share;
    private final @Nullable String origin;
    private final Span span;
    /** For the actor. */
    private final Map<String, String> trace;

    private final String requestId;
    private final long begin;

    /**
     * @param over what is done when the answer is sent, or cannot be
     */
    Exchange(HttpLink link, HttpServerRequest request, Context context, Runnable over) {
        this.link = link;
        this.request = request;
        this.context = context;
        this.over = over;
        this.share = link.services().budget().share();
        this.origin = request.getHeader("origin");
        Map<String, String> ofClient = HttpMessages.trace(request.headers());
        this.span = RequestSpans.begin(link.spans(), request, ofClient);
        this.trace = span.context(ofClient);
        this.requestId = settings()
                .extras()
                .requestIdHeader()
                .map(header -> RequestId.of(request.getHeader(header)))
                .orElse("");
        this.begin = settings().extras().accessLog() == AccessLog.Form.NONE ? 0 : System.nanoTime();
    }

    private RequestSettings settings() {
        return link.settings().requests();
    }

    /** Answers by itself or has the actor answer. */
    void run() {
        link.begin(this);
        try {
            begin();
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    /** Tells the client that there will be no answer because the provider ends, if it has none yet. For any thread. */
    void abandon() {
        context.runOnContext(now -> {
            if (settled) {
                return;
            }
            if (isAnswered()) {
                lost(new IllegalStateException("the provider stops"));
            } else {
                refuse(HttpFailure.stopping());
            }
        });
    }

    private void begin() {
        if (origin != null && request.method().equals(HttpMethod.OPTIONS)) {
            preflight(origin);
            return;
        }
        Optional<HttpFailure> refusal = refusal();
        if (refusal.isPresent()) {
            refuse(refusal.get());
        } else if (RequestBody.isIn(request)) {
            RequestBody.read(request, share, link.bodyLimits(), this);
        } else {
            received(Bytes.EMPTY);
        }
    }

    private void preflight(String ofOrigin) {
        HttpServerResponse response = request.response();
        Optional<HttpFailure> refusal = settings().cors().preflight(ofOrigin, request.headers(), response.headers());
        if (refusal.isPresent()) {
            refuse(refusal.get());
            return;
        }
        response.putHeader("date", link.services().date().now());
        addRequestId(response);
        finishWith(response.end(), 0);
    }

    private Optional<HttpFailure> refusal() {
        if (origin != null) {
            Optional<HttpFailure> forbidden = settings().cors().refusal(origin);
            if (forbidden.isPresent()) {
                return forbidden;
            }
        }
        HttpMethod method = request.method();
        if (settings().readOnly() && !method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD)) {
            return Optional.of(
                    new HttpFailure(405, "Only GET and HEAD are allowed here.", Map.of("allow", "GET, HEAD")));
        }
        return HttpMessages.isWebSocket(request.headers())
                ? Optional.of(
                        new HttpFailure(501, "WebSockets are not served here; applications answer requests only."))
                : Optional.empty();
    }

    @Override
    public void received(Bytes body) {
        if (settled) {
            return;
        }
        try {
            HttpRequest message = HttpMessages.request(request, body);
            settings().extras().forwarding().apply(request, message.header());
            settings().extras().requestIdHeader().ifPresent(header -> message.header()
                    .put(header, List.of(requestId)));
            link.actor(trace)
                    .handleRequest(message)
                    .whenComplete((answer, failure) -> context.runOnContext(back -> answered(answer, failure)));
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    private void answered(@Nullable HttpResponse answer, @Nullable Throwable failure) {
        if (settled) {
            return;
        }
        if (answer == null) {
            fail(HttpFailure.cause(failure == null ? new IllegalStateException("no answer") : failure));
        } else if (!HttpMessages.isFinalStatus(answer.statusCode())) {
            fail(RpcException.of(
                    RpcException.Code.REMOTE,
                    "the answer has the status " + answer.statusCode() + "; it must be from 200 to 999"));
        } else if (!share.take(answer.body().size())) {
            fail(RpcException.of(RpcException.Code.OVERLOADED, "too many large bodies are in memory for this answer"));
        } else {
            answer(answer);
        }
    }

    private void answer(HttpResponse answer) {
        HttpServerResponse response = request.response();
        try {
            Bytes body = link.messages().fill(response, request.method(), answer);
            settings().cacheControl().ifPresent(value -> {
                if (!response.headers().contains("cache-control")) {
                    response.putHeader("cache-control", value);
                }
            });
            settings().cors().apply(origin, response.headers());
            addRequestId(response);
            finishWith(HttpMessages.send(response, body), body.size());
        } catch (RuntimeException e) { // the connection may have gone while the headers were filled in
            fail(e);
        }
    }

    private void addRequestId(HttpServerResponse response) {
        settings().extras().requestIdHeader().ifPresent(header -> response.putHeader(header, requestId));
    }

    private void fail(Throwable cause) {
        if (isAnswered()) {
            lost(cause);
            return;
        }
        HttpFailure failure = HttpFailure.of(cause);
        link.report(cause, failure);
        answerWith(failure);
    }

    /** Whether it is too late to tell the client anything. */
    private boolean isAnswered() {
        HttpServerResponse response = request.response();
        return response.ended() || response.closed() || response.headWritten();
    }

    @Override
    public void refused(HttpFailure failure) {
        if (!settled) {
            refuse(failure);
        }
    }

    private void refuse(HttpFailure failure) {
        link.report(failure);
        answerWith(failure);
    }

    private void answerWith(HttpFailure failure) {
        HttpServerResponse response = request.response();
        response.headers().clear();
        settings().cors().apply(origin, response.headers());
        addRequestId(response);
        finishWith(failure.answer(request, link.services().date()), 0);
    }

    @Override
    public void lost(Throwable cause) {
        if (settled) {
            return;
        }
        settled = true;
        link.reportLost(cause);
        finish(499, 0);
    }

    private void finishWith(Future<Void> sent, long bytes) {
        settled = true;
        int status = request.response().getStatusCode();
        if (sent.isComplete()) {
            finish(status, bytes);
        } else {
            sent.onComplete(end -> finish(status, bytes));
        }
    }

    private void finish(int status, long bytes) {
        share.giveBack();
        RequestSpans.end(span, status);
        if (settings().extras().accessLog() != AccessLog.Form.NONE) {
            log(status, bytes);
        }
        over.run();
        link.leave(this);
    }

    private void log(int status, long bytes) {
        Map<String, String> ids = new LinkedHashMap<>();
        ids.put("actor", link.actorId());
        if (!requestId.isEmpty()) {
            ids.put("request_id", requestId);
        }
        if (!trace.isEmpty()) {
            ids.put("trace_id", HttpMessages.traceId(trace));
        }
        String path = request.path() == null ? "" : request.path();
        link.services()
                .accessLog()
                .write(
                        settings().extras().accessLog(),
                        new AccessLog.Entry(
                                Instant.now(),
                                request.remoteAddress().hostAddress(),
                                new AccessLog.Entry.Line(
                                        request.method().name(), path, HttpMessages.version(request.version())),
                                new AccessLog.Entry.Outcome(status, bytes, System.nanoTime() - begin),
                                ids));
    }
}
