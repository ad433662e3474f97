package com.wasmcloud.httpserver;

import com.wasmcloud.contract.httpserver.HttpResponse;
import com.wasmcloud.contract.httpserver.HttpServer;
import com.wasmcloud.contract.httpserver.HttpServerContract;
import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.provider.CallOptions;
import com.wasmcloud.provider.Draining;
import com.wasmcloud.provider.Health;
import com.wasmcloud.provider.HealthReporter;
import com.wasmcloud.provider.Link;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.handler.HttpException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One actor's link: takes requests from the listener of its address, and calls the actor with them.
 *
 * <p>Thread-safe. Closing takes it off the listener at once; requests in flight are still answered.
 */
final class HttpLink implements AutoCloseable, HealthReporter, Draining {
    private static final Logger LOG = LoggerFactory.getLogger(HttpLink.class);
    private static final int CLOSED = Integer.MIN_VALUE;

    private final Link link;
    private final HttpSettings settings;
    private final HttpListener listener;
    private final CallOptions options;
    private final HttpServer actor;
    private final HttpDate date = new HttpDate();
    private final RareLog log = new RareLog(LOG);
    private final HttpMessages messages = new HttpMessages(date, log);
    /** Requests in flight; the sign bit says that no more come. */
    private final AtomicInteger requests = new AtomicInteger();

    private final CompletableFuture<Void> drained = new CompletableFuture<>();

    HttpLink(Link link, HttpSettings settings, HttpListener listener) {
        this.link = link;
        this.settings = settings;
        this.listener = listener;
        this.options = settings.timeout().map(CallOptions.DEFAULT::within).orElse(CallOptions.DEFAULT);
        this.actor = link.actor(HttpServerContract.INSTANCE, options);
    }

    String actorId() {
        return link.actorId();
    }

    @Override
    public Health health() {
        return listener.health();
    }

    /** Takes a request in, unless the link is closed; the request's end must {@link #leave}. */
    boolean enter() {
        int before;
        do {
            before = requests.get();
            if (before < 0) {
                return false;
            }
        } while (!requests.compareAndSet(before, before + 1));
        return true;
    }

    private void leave() {
        if (requests.decrementAndGet() == CLOSED) {
            drained();
        }
    }

    private void drained() {
        listener.release();
        drained.complete(null);
    }

    /** Has the actor answer a request that was taken in. On the request's event loop, before its body is read. */
    void serve(HttpServerRequest request, Context context) {
        RequestBody.read(request, settings.maxContentLength())
                .compose(body -> Future.fromCompletionStage(
                        actor(request).handleRequest(HttpMessages.request(request, body)), context))
                .compose(answer -> answer(request, answer))
                .recover(failure -> refuse(request, failure))
                .onComplete(end -> leave());
    }

    private HttpServer actor(HttpServerRequest request) {
        Map<String, String> trace = HttpMessages.trace(request.headers());
        return trace.isEmpty() ? actor : link.actor(HttpServerContract.INSTANCE, options.traced(trace));
    }

    private Future<Void> answer(HttpServerRequest request, HttpResponse answer) {
        if (!HttpMessages.isFinalStatus(answer.statusCode())) {
            return Future.failedFuture(RpcException.of(
                    RpcException.Code.REMOTE,
                    "the answer has the status " + answer.statusCode() + "; it must be from 200 to 999"));
        }
        HttpServerResponse response = request.response();
        return response.end(messages.fill(response, request.method(), answer));
    }

    private Future<Void> refuse(HttpServerRequest request, Throwable failed) {
        Throwable cause = HttpFailure.cause(failed);
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            LOG.debug("a client of actor {} went away before its answer", actorId(), cause);
            return Future.succeededFuture();
        }
        HttpFailure failure = HttpFailure.of(cause);
        boolean expected = cause instanceof RpcException || cause instanceof HttpException;
        String reason = cause instanceof RpcException ? String.valueOf(cause.getMessage()) : failure.sentence();
        log.warn("answered a request for actor " + actorId() + " with " + failure.status() + ": " + reason);
        if (!expected) {
            LOG.error("a request for actor {} failed in a way the provider did not expect", actorId(), cause);
        }
        response.headers().clear();
        return failure.answer(request, date);
    }

    @Override
    public CompletionStage<?> drain() {
        close();
        return drained;
    }

    @Override
    public void close() {
        listener.remove(this);
        if (requests.getAndUpdate(count -> count | CLOSED) == 0) {
            drained();
        }
    }
}
