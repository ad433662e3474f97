package com.wasmcloud.httpserver.handlers;

import com.wasmcloud.provider.support.Gate;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Admits as many requests at a time as a link may have in flight, and knows when the last of them is over.
 *
 * <p>Thread-safe.
 */
public final class Admission implements Handler<RoutingContext> {
    private final Gate gate;
    private final BodyMemory memory;
    private final Handler<HttpServerRequest> elsewhere;
    private final Set<InFlight> inFlight = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Void> drained = new CompletableFuture<>();

    /**
     * @param memory of the link, for the bodies of requests and answers
     * @param elsewhere gets the requests that arrive after {@link #close}
     */
    public Admission(int maxRequests, BodyMemory memory, Handler<HttpServerRequest> elsewhere) {
        this.gate = new Gate(maxRequests);
        this.memory = memory;
        this.elsewhere = elsewhere;
    }

    @Override
    public void handle(RoutingContext routing) {
        switch (gate.enter()) {
            case ADMITTED -> {
                inFlight.add(InFlight.begin(routing, memory, this::over));
                routing.next();
            }
            case FULL -> HttpFailure.overloaded().refuse(routing.request());
            case CLOSED -> elsewhere.handle(routing.request());
        }
    }

    private void over(InFlight request) {
        inFlight.remove(request);
        if (gate.leave()) {
            drained.complete(null);
        }
    }

    /** Admits no more from now on. */
    public void close() {
        if (gate.close()) {
            drained.complete(null);
        }
    }

    /** Completes when this is closed and no request is in flight any more. */
    public CompletionStage<Void> drained() {
        return drained;
    }

    /** Tells all clients that are still waiting that the provider stops. */
    public void abandon() {
        inFlight.forEach(InFlight::abandon);
    }
}
