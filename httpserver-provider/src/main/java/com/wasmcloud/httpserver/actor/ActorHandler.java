package com.wasmcloud.httpserver.actor;

import com.wasmcloud.contract.httpserver.HttpResponse;
import com.wasmcloud.contract.httpserver.HttpServer;
import com.wasmcloud.contract.httpserver.HttpServerContract;
import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.httpserver.handlers.InFlight;
import com.wasmcloud.httpserver.handlers.Tracing;
import com.wasmcloud.provider.CallOptions;
import com.wasmcloud.provider.Link;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Calls the linked actor with a request, and answers with what it returns. Thread-safe. */
public final class ActorHandler implements Handler<RoutingContext> {
    private final Link link;
    private final CallOptions options;
    private final HttpServer actor;
    private final Optional<String> cacheControl;
    private final ResponseHeaders responseHeaders = new ResponseHeaders();

    /**
     * @param timeout of a call; the host's when empty
     * @param cacheControl the header of that name in answers in which the actor sets none
     */
    public ActorHandler(Link link, Optional<Duration> timeout, Optional<String> cacheControl) {
        this.link = link;
        this.options = timeout.map(CallOptions.DEFAULT::within).orElse(CallOptions.DEFAULT);
        this.actor = link.actor(HttpServerContract.INSTANCE, options);
        this.cacheControl = cacheControl;
    }

    @Override
    public void handle(RoutingContext routing) {
        InFlight request = InFlight.of(routing);
        actor(Tracing.context(routing), request.held())
                .handleRequest(ActorMessages.request(routing.request(), WholeBody.of(routing)))
                .whenComplete((answer, failure) -> request.run(() -> answered(routing, request, answer, failure)));
    }

    private HttpServer actor(Map<String, String> trace, long counted) {
        if (trace.isEmpty() && counted == 0) {
            return actor;
        }
        CallOptions counting = options.counted(counted);
        return link.actor(HttpServerContract.INSTANCE, trace.isEmpty() ? counting : counting.traced(trace));
    }

    private void answered(
            RoutingContext routing, InFlight request, @Nullable HttpResponse answer, @Nullable Throwable failure) {
        if (request.settled()) {
            return;
        }
        try {
            if (answer == null) {
                request.fail(ActorFailures.of(failure));
            } else if (!ActorMessages.isFinalStatus(answer.statusCode())) {
                request.fail(ActorFailures.ofStatus(answer.statusCode()));
            } else if (!request.take(answer.body().size())) {
                request.fail(ActorFailures.noRoom());
            } else {
                send(routing, request, answer);
            }
        } catch (RuntimeException e) { // the connection may close while the headers are filled in
            request.fail(e);
        }
    }

    private void send(RoutingContext routing, InFlight request, HttpResponse answer) {
        Bytes body = responseHeaders.fill(routing.response(), routing.request().method(), answer);
        cacheControl.ifPresent(value -> {
            if (!routing.response().headers().contains("cache-control")) {
                routing.response().putHeader("cache-control", value);
            }
        });
        request.answered(ResponseBody.send(routing.response(), body), body.size());
    }
}
