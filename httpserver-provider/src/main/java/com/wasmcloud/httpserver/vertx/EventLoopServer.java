package com.wasmcloud.httpserver.vertx;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.ServerSSLOptions;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One event loop's server on a port. */
final class EventLoopServer extends VerticleBase {
    private static final Duration CONNECTIONS_CLOSE_WITHIN = Duration.ofMillis(900);

    private final ServerConfig config;
    private final Optional<ServerSSLOptions> secure;
    private final RequestHandlers requests;
    private final Promise<HttpServer> any;
    private @Nullable HttpServer server;

    /**
     * @param any gets one of the servers of a port
     */
    EventLoopServer(
            ServerConfig config, Optional<ServerSSLOptions> secure, RequestHandlers requests, Promise<HttpServer> any) {
        this.config = config;
        this.secure = secure;
        this.requests = requests;
        this.any = any;
    }

    @Override
    public Future<?> start() {
        HttpServer created = secure.map(options -> vertx.createHttpServer(config.server(), options))
                .orElseGet(() -> vertx.createHttpServer(config.server()));
        server = created;
        return created.connectionHandler(connection -> Client.of(connection).decodeStrictly(config.http1()))
                .requestHandler(this::arrived)
                .invalidRequestHandler(requests.malformed())
                .listen()
                .onSuccess(any::tryComplete);
    }

    /** A request that is pipelined by a client that does not read its answers waits until the client does. */
    private void arrived(HttpServerRequest request) {
        Client client = Client.of(request.connection());
        client.begin();
        if (!request.response().writeQueueFull()) {
            requests.valid().handle(request);
            return;
        }
        request.pause();
        request.response().closeHandler(gone -> client.end()).drainHandler(read -> {
            request.response().closeHandler(null).drainHandler(null);
            request.resume();
            requests.valid().handle(request);
        });
    }

    @Override
    public Future<?> stop() {
        return server == null ? Future.succeededFuture() : server.shutdown(CONNECTIONS_CLOSE_WITHIN);
    }
}
