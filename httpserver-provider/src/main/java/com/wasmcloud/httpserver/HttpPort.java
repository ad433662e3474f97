package com.wasmcloud.httpserver;

import com.wasmcloud.provider.Health;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http1ServerConfig;
import io.vertx.core.http.Http2ServerConfig;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerConfig;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.WebSocketServerConfig;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A port, bound in the background, again and again until the address is free, and the connections to it.
 *
 * <p>Thread-safe. Requests are handled on event loops, of which each has a server of its own on the same port.
 */
final class HttpPort {
    private static final Logger LOG = LoggerFactory.getLogger(HttpPort.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final Duration CONNECTIONS_CLOSE_WITHIN = Duration.ofMillis(900);
    private static final int LONGEST_REQUEST_LINE = 16 * 1024;
    private static final int STREAMS_OF_A_CONNECTION = 100;

    private final HttpAddress address;
    private final ServerSettings settings;
    private final Requests requests;
    private final Clients clients;
    private final Optional<TlsWatch> tls;
    private final Promise<Void> closed = Promise.promise();
    private volatile Health health;
    private boolean closing;
    private @Nullable Runnable close;

    /** What is done with what arrives. */
    record Requests(Handler<HttpServerRequest> valid, Handler<HttpServerRequest> malformed) {}

    private HttpPort(HttpAddress address, ServerSettings settings, Requests requests) {
        this.address = address;
        this.settings = settings;
        this.requests = requests;
        this.clients = new Clients(address, settings.clients());
        this.tls = settings.tls().map(files -> new TlsWatch(address, files));
        this.health = Health.unhealthy("not listening on " + address + " yet");
    }

    /** Begins to listen as soon as there is a Vert.x to do it with. */
    static HttpPort open(HttpAddress address, ServerSettings settings, Future<GuardedVertx> vertx, Requests requests) {
        HttpPort port = new HttpPort(address, settings, requests);
        vertx.onSuccess(ready -> port.bind(ready, FIRST_PAUSE)).onFailure(port::cannotListen);
        return port;
    }

    /** Whether the port is bound, and why not; and what else is wrong with it. */
    Health health() {
        Health bound = health;
        return bound.healthy()
                ? tls.flatMap(TlsWatch::problem).map(Health::unhealthy).orElse(bound)
                : bound;
    }

    /** Completes when the port is free again. */
    Future<Void> closed() {
        return closed.future();
    }

    /** Listens no more; connections end when what is in flight on them does, and within a second. */
    synchronized void close() {
        closing = true;
        if (close != null) {
            close.run();
        }
    }

    private synchronized void bind(GuardedVertx guarded, Duration pause) {
        if (closing) {
            closed.complete();
            return;
        }
        Vertx vertx = guarded.vertx();
        guarded.transport().guard(address, clients);
        tls.map(files -> files.options(vertx).map(Optional::of))
                .orElse(Future.succeededFuture(Optional.empty()))
                .compose(secure -> deploy(vertx, secure))
                .onSuccess(servers -> bound(guarded, servers))
                .onFailure(failure -> {
                    guarded.transport().release(address, clients);
                    cannotListen(failure);
                    Duration next = pause.multipliedBy(2);
                    vertx.setTimer(
                            pause.toMillis(),
                            timer -> bind(guarded, next.compareTo(LONGEST_PAUSE) < 0 ? next : LONGEST_PAUSE));
                });
    }

    /** The servers of all event loops. */
    private record Servers(String deployment, HttpServer any) {}

    private Future<Servers> deploy(Vertx vertx, Optional<ServerSSLOptions> secure) {
        Promise<HttpServer> any = Promise.promise();
        return vertx.deployVerticle(
                        () -> new EventLoop(secure, any),
                        new DeploymentOptions()
                                .setInstances(Runtime.getRuntime().availableProcessors()))
                .compose(deployment -> any.future().map(server -> new Servers(deployment, server)));
    }

    private synchronized void bound(GuardedVertx guarded, Servers servers) {
        Vertx vertx = guarded.vertx();
        health = Health.HEALTHY;
        LOG.info("listening on {}{}", address, tls.isPresent() ? " with TLS" : "");
        long checks = vertx.setPeriodic(clients.millisBetweenChecks(), timer -> clients.closeLate());
        Optional<Long> watch = tls.map(files -> files.watch(vertx, servers.any));
        close = () -> {
            watch.ifPresent(vertx::cancelTimer);
            vertx.undeploy(servers.deployment).onComplete(end -> {
                vertx.cancelTimer(checks);
                guarded.transport().release(address, clients);
                LOG.info("no longer listening on {}", address);
                closed.complete();
            });
        };
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
        String message = TlsWatch.why(failure);
        if (message.contains("in use")) {
            return "another program, or another instance of this provider, has the port; stop it or choose another port";
        }
        if (message.contains("assign")) {
            return "this machine has no such address; use 0.0.0.0 for all that it has";
        }
        if (message.contains("denied") && failure instanceof java.net.SocketException) {
            return "permission denied; choose a port above 1023";
        }
        return message;
    }

    private HttpServerConfig serverConfig() {
        return new HttpServerConfig()
                .setTcpHost(address.host())
                .setTcpPort(address.port())
                .setHttp1Config(new Http1ServerConfig()
                        .setMaxInitialLineLength(LONGEST_REQUEST_LINE)
                        .setMaxHeaderSize(settings.maxHeaderBytes()))
                // there are none, and their extensions would look into every message
                .setWebSocketConfig(new WebSocketServerConfig()
                        .setUsePerFrameCompression(false)
                        .setUsePerMessageCompression(false))
                .setHttp2Config(new Http2ServerConfig()
                        .setInitialSettings(new Http2Settings()
                                .setMaxHeaderListSize(settings.maxHeaderBytes())
                                .setMaxConcurrentStreams(STREAMS_OF_A_CONNECTION)));
    }

    /** One event loop's share of the port. */
    private final class EventLoop extends VerticleBase {
        private final Optional<ServerSSLOptions> secure;
        private final Promise<HttpServer> any;
        private @Nullable HttpServer server;

        EventLoop(Optional<ServerSSLOptions> secure, Promise<HttpServer> any) {
            this.secure = secure;
            this.any = any;
        }

        @Override
        public Future<?> start() {
            HttpServer created = secure.map(options -> vertx.createHttpServer(serverConfig(), options))
                    .orElseGet(() -> vertx.createHttpServer(serverConfig()));
            server = created;
            return created.requestHandler(router())
                    .invalidRequestHandler(requests.malformed)
                    .listen()
                    .onSuccess(any::tryComplete);
        }

        /** Everything goes the same way; which link it belongs to changes too often for a route of its own. */
        private Router router() {
            Handler<RoutingContext> any = routing -> requests.valid.handle(routing.request());
            Router router = Router.router(vertx);
            router.route().handler(any);
            router.errorHandler(400, any)
                    .errorHandler(404, any); // the router's answer to a request without path or host
            return router;
        }

        @Override
        public Future<?> stop() {
            return server == null ? Future.succeededFuture() : server.shutdown(CONNECTIONS_CLOSE_WITHIN);
        }
    }
}
