package com.wasmcloud.httpserver;

import com.wasmcloud.httpserver.actor.ActorHandler;
import com.wasmcloud.httpserver.actor.WholeBody;
import com.wasmcloud.httpserver.handlers.AccessLogHandler;
import com.wasmcloud.httpserver.handlers.Admission;
import com.wasmcloud.httpserver.handlers.BodyMemory;
import com.wasmcloud.httpserver.handlers.Cors;
import com.wasmcloud.httpserver.handlers.FailureHandler;
import com.wasmcloud.httpserver.handlers.ForwardedHeaders;
import com.wasmcloud.httpserver.handlers.RequestIds;
import com.wasmcloud.httpserver.handlers.Restrictions;
import com.wasmcloud.httpserver.handlers.Tracing;
import com.wasmcloud.httpserver.settings.AccessLogFormat;
import com.wasmcloud.httpserver.settings.Forwarded;
import com.wasmcloud.httpserver.settings.HttpRoutes;
import com.wasmcloud.httpserver.settings.HttpSettings;
import com.wasmcloud.httpserver.settings.RequestSettings;
import com.wasmcloud.provider.Draining;
import com.wasmcloud.provider.Health;
import com.wasmcloud.provider.HealthReporter;
import com.wasmcloud.provider.Link;
import com.wasmcloud.provider.support.Shared;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One actor's link: the handlers that its requests pass, from the listener to the actor and back.
 *
 * <p>Thread-safe. Closing takes it off its listener at once; requests in flight are still answered.
 */
final class HttpLink implements HttpListener.Application, AutoCloseable, HealthReporter, Draining {
    private final Link link;
    private final HttpSettings settings;
    private final Shared.Use<HttpListener> listener;
    private final HttpServices services;
    private final BodyMemory memory;
    private final Admission admission;
    private volatile @Nullable Router router;

    /**
     * @param listener is let go of after the last request
     */
    HttpLink(Link link, HttpSettings settings, Shared.Use<HttpListener> listener, HttpServices services) {
        this.link = link;
        this.settings = settings;
        this.listener = listener;
        this.services = services;
        this.memory = new BodyMemory(services.memory().share(), link.memory());
        this.admission = new Admission(settings.requests().limits().maxRequests(), memory, listener.value()::dispatch);
        Runnable drained = link.keep();
        admission.drained().thenRun(() -> {
            memory.close();
            drained.run();
            listener.close();
        });
    }

    @Override
    public String actorId() {
        return link.peer();
    }

    @Override
    public HttpRoutes routes() {
        return settings.routes();
    }

    @Override
    public Health health() {
        return listener.value().health();
    }

    @Override
    public void handle(HttpServerRequest request) {
        Router known = router;
        (known == null ? router() : known).handle(request);
    }

    private synchronized Router router() {
        Router known = router;
        if (known == null) {
            known = Router.router(Vertx.currentContext().owner());
            addHandlers(known.route());
            router = known;
        }
        return known;
    }

    /** Every request passes these, in this order; each of them passes it on or answers it. */
    private void addHandlers(Route route) {
        RequestSettings requests = settings.requests();
        RequestSettings.Extras extras = requests.extras();
        route.handler(admission);
        route.handler(new Tracing(link.spans(Map.of("wasmcloud.actor", actorId()))));
        extras.requestIdHeader().ifPresent(header -> route.handler(new RequestIds(header)));
        if (extras.accessLog() != AccessLogFormat.NONE) {
            route.handler(new AccessLogHandler(
                    services.accessLog(), extras.accessLog(), actorId(), extras.requestIdHeader()));
        }
        route.handler(new Cors(requests.cors()));
        if (requests.readOnly()) {
            route.handler(Restrictions.readOnly());
        }
        route.handler(Restrictions.noWebSockets());
        if (extras.forwarded() != Forwarded.OFF) {
            route.handler(new ForwardedHeaders(extras.forwarded()));
        }
        route.handler(new WholeBody(
                requests.limits().maxContentLength(),
                settings.server().clients().read()));
        route.handler(new ActorHandler(link, requests.limits().timeout(), requests.cacheControl()));
        route.failureHandler(new FailureHandler(actorId()));
    }

    @Override
    public CompletionStage<?> drain(Duration patience) {
        close();
        services.background().after(patience, admission::abandon);
        return admission.drained();
    }

    @Override
    public void close() {
        listener.value().remove(this);
        admission.close();
    }
}
