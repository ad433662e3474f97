package com.wasmcloud.httpserver;

import com.wasmcloud.provider.Health;
import com.wasmcloud.provider.SettingsException;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http1ServerConfig;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerConfig;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The port of one address, and the links that are served there. It binds in the background, again and again until the
 * address is free, and closes by itself once its last link is gone and the last request of that is answered.
 *
 * <p>Thread-safe. Requests are handled on event loops, of which each has a server of its own on the same port.
 */
final class HttpListener {
    private static final Logger LOG = LoggerFactory.getLogger(HttpListener.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final Duration CONNECTIONS_CLOSE_WITHIN = Duration.ofSeconds(1);
    private static final int LONGEST_REQUEST_LINE = 16 * 1024;
    private static final int LARGEST_HEADERS = 64 * 1024;

    private final HttpAddress address;
    private final HttpDate date = new HttpDate();
    private final Promise<Void> closed = Promise.promise();
    private volatile List<HttpLink> links = List.of();
    private volatile Health health;
    /** Links that are served or still have requests in flight: once there was one, none means the end. */
    private int held;

    private boolean closing;
    private @Nullable Runnable close;

    private HttpListener(HttpAddress address) {
        this.address = address;
        this.health = Health.unhealthy("not listening on " + address + " yet");
    }

    /** Begins to listen as soon as there is a Vert.x to do it with. */
    static HttpListener open(HttpAddress address, Future<Vertx> vertx) {
        HttpListener listener = new HttpListener(address);
        vertx.onSuccess(ready -> listener.bind(ready, FIRST_PAUSE)).onFailure(listener::cannotListen);
        return listener;
    }

    /** Whether the port is bound, and why not. */
    Health health() {
        return health;
    }

    /** Completes when the port is free again. */
    Future<Void> closed() {
        return closed.future();
    }

    /** Keeps the port for a link until {@link #release}; false when it is closing already. */
    synchronized boolean hold() {
        if (closing) {
            return false;
        }
        held++;
        return true;
    }

    /** A link that {@link #hold held} the port is gone, and its last request is answered. */
    synchronized void release() {
        held--;
        if (held == 0) {
            closing = true;
            if (close != null) {
                close.run();
            }
        }
    }

    /**
     * Serves a link from now on, in place of an earlier one of the same actor.
     *
     * @throws SettingsException when another actor is served here
     */
    synchronized void add(HttpLink link) {
        List<HttpLink> others = new ArrayList<>(links);
        others.removeIf(other -> other.actorId().equals(link.actorId()));
        for (HttpLink other : others) {
            throw new SettingsException("the address " + address + " is taken by the link of actor " + other.actorId()
                    + "; give this link another address");
        }
        others.add(link);
        links = List.copyOf(others);
    }

    /** Serves a link no more; one that was replaced is gone already. */
    synchronized void remove(HttpLink link) {
        List<HttpLink> others = new ArrayList<>(links);
        others.remove(link);
        links = List.copyOf(others);
    }

    private synchronized void bind(Vertx vertx, Duration pause) {
        if (closing) {
            closed.complete();
            return;
        }
        vertx.deployVerticle(
                        Server::new,
                        new DeploymentOptions()
                                .setInstances(Runtime.getRuntime().availableProcessors()))
                .onSuccess(deployment -> bound(vertx, deployment))
                .onFailure(failure -> {
                    cannotListen(failure);
                    Duration next = pause.multipliedBy(2);
                    vertx.setTimer(
                            pause.toMillis(),
                            timer -> bind(vertx, next.compareTo(LONGEST_PAUSE) < 0 ? next : LONGEST_PAUSE));
                });
    }

    private synchronized void bound(Vertx vertx, String deployment) {
        health = Health.HEALTHY;
        LOG.info("listening on {}", address);
        close = () -> vertx.undeploy(deployment).onComplete(end -> {
            LOG.info("no longer listening on {}", address);
            closed.complete();
        });
        if (closing) {
            close.run();
        }
    }

    private void cannotListen(Throwable failure) {
        String reason = "cannot listen on " + address + ": " + why(failure) + "; it is tried again and again";
        if (!reason.equals(health.reason())) {
            LOG.error("{}", reason);
            LOG.debug("the cause", failure);
        }
        health = Health.unhealthy(reason);
    }

    private static String why(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        if (message.contains("in use")) {
            return "another program, or another instance of this provider, has the port; stop it or choose another port";
        }
        if (message.contains("assign")) {
            return "this machine has no such address; use 0.0.0.0 for all that it has";
        }
        if (message.contains("denied")) {
            return "permission denied; choose a port above 1023";
        }
        return message;
    }

    private void route(RoutingContext context) {
        for (HttpLink link : links) {
            if (link.enter()) {
                link.serve(context.request(), Vertx.currentContext());
                return;
            }
        }
        new HttpFailure(503, "No application is linked to this address.").answer(context.request(), date);
    }

    private void fail(RoutingContext context) {
        if (context.failure() != null && context.statusCode() >= 500) {
            LOG.error("a request on {} failed in a way the provider did not expect", address, context.failure());
        }
        if (!context.response().ended()) {
            HttpFailure.of(context).answer(context.request(), date);
        }
    }

    private HttpServerConfig serverConfig() {
        return new HttpServerConfig()
                .setTcpHost(address.host())
                .setTcpPort(address.port())
                .setHttp1Config(new Http1ServerConfig()
                        .setMaxInitialLineLength(LONGEST_REQUEST_LINE)
                        .setMaxHeaderSize(LARGEST_HEADERS));
    }

    /** One event loop's share of the port. */
    private final class Server extends VerticleBase {
        private @Nullable HttpServer server;

        @Override
        public Future<?> start() {
            Router router = Router.router(vertx);
            router.route().handler(HttpListener.this::route).failureHandler(HttpListener.this::fail);
            server = vertx.createHttpServer(serverConfig());
            return server.requestHandler(router)
                    .invalidRequestHandler(this::refuse)
                    .listen();
        }

        private void refuse(HttpServerRequest malformed) {
            HttpFailure.ofMalformed(malformed).answer(malformed, date);
        }

        @Override
        public Future<?> stop() {
            return server == null ? Future.succeededFuture() : server.shutdown(CONNECTIONS_CLOSE_WITHIN);
        }
    }
}
