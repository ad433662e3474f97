package com.wasmcloud.httpserver.vertx;

import com.wasmcloud.httpserver.settings.HttpAddress;
import com.wasmcloud.httpserver.settings.ServerSettings;
import com.wasmcloud.provider.Health;
import com.wasmcloud.provider.support.Background;
import com.wasmcloud.provider.support.FileWatch;
import com.wasmcloud.provider.support.Outage;
import com.wasmcloud.provider.support.Reachability;
import com.wasmcloud.provider.support.Shared;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.ServerSSLOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * A port and the connections to it. It is bound in the background, and tried again, whatever the failure, until it is
 * bound or closed.
 *
 * <p>Thread-safe. Requests are handled on event loops, each of which has a server of its own on the same port.
 */
public final class HttpPort {
    private static final Logger LOG = LoggerFactory.getLogger(HttpPort.class);
    private static final Reachability.Pauses PAUSES =
            new Reachability.Pauses(Duration.ofMillis(100), Duration.ofSeconds(2));

    private final HttpAddress address;
    private final ServerConfig config;
    private final Supplier<Shared.Use<HttpVertx>> vertx;
    private final RequestHandlers requests;
    private final Clients clients;
    private final Optional<TlsWatch> tls;
    private final Reachability bound;
    private final Promise<Void> closed = Promise.promise();
    private boolean closing;
    /** Whether an attempt to bind the port is under way. */
    private boolean binding;

    private @Nullable Runnable close;

    HttpPort(
            HttpAddress address,
            ServerSettings settings,
            RequestHandlers requests,
            Supplier<Shared.Use<HttpVertx>> vertx,
            Background background) {
        this.address = address;
        this.config = new ServerConfig(address, settings.maxHeaderBytes());
        this.requests = requests;
        this.vertx = vertx;
        this.clients = new Clients(address, settings, config.http1());
        this.tls = settings.tls().map(files -> new TlsWatch(address, files, background));
        Outage outage = new Outage(LOG, new Outage.Words(Level.ERROR, "cannot listen on " + address, ""));
        outage.waitsFor("not listening on " + address + " yet");
        this.bound = new Reachability(
                background, PAUSES, outage, this::listen, failure -> BindFailure.why(failure, address));
    }

    /** To be called once for every valid request, when its answer is sent or never will be; on its event loop. */
    public static void answered(HttpServerRequest request) {
        Client.of(request.connection()).end();
    }

    /** Sends what was answered to a request that turned out malformed, after which its connection is closed. */
    public static void flush(HttpServerRequest request) {
        Client.of(request.connection()).flush();
    }

    /** Whether the port is bound and its TLS files are usable, and if not, why. */
    public Health health() {
        Health port = Health.of(bound);
        return port.healthy()
                ? tls.flatMap(TlsWatch::problem).map(Health::unhealthy).orElse(port)
                : port;
    }

    /** Completes when the port is free again. */
    public Future<Void> closed() {
        return closed.future();
    }

    /** Stops listening; each connection ends after the requests in flight on it, and within a second. */
    public synchronized void close() {
        closing = true;
        bound.close();
        if (close != null) {
            close.run();
        } else if (!binding) {
            closed.tryComplete();
        }
    }

    /** Begins to bind the port. */
    void bind() {
        bound.start();
    }

    private synchronized CompletionStage<?> listen() {
        if (closing) {
            return CompletableFuture.completedFuture(null);
        }
        Shared.Use<HttpVertx> use = vertx.get();
        binding = true;
        try {
            return listen(use).onFailure(failure -> notBound(use)).toCompletionStage();
        } catch (Throwable e) { // such as no thread to be had
            notBound(use);
            throw e;
        }
    }

    private synchronized void notBound(Shared.Use<HttpVertx> use) {
        binding = false;
        use.value().sockets().release(address, clients);
        use.close();
        if (closing) {
            closed.tryComplete();
        }
    }

    private Future<Void> listen(Shared.Use<HttpVertx> use) {
        HttpVertx ready = use.value();
        ready.sockets().guard(address, clients);
        return tls.map(files -> files.options(ready.vertx()).map(Optional::of))
                .orElse(Future.succeededFuture(Optional.empty()))
                .compose(secure -> deploy(ready.vertx(), secure))
                .map(servers -> {
                    bound(use, servers);
                    return null;
                });
    }

    /** The servers of all event loops. */
    private record Servers(String deployment, HttpServer any) {}

    private Future<Servers> deploy(Vertx on, Optional<ServerSSLOptions> secure) {
        Promise<HttpServer> any = Promise.promise();
        return on.deployVerticle(
                        () -> new EventLoopServer(config, secure, requests, any),
                        new DeploymentOptions()
                                .setInstances(Runtime.getRuntime().availableProcessors()))
                .compose(deployment -> any.future().map(server -> new Servers(deployment, server)));
    }

    private synchronized void bound(Shared.Use<HttpVertx> use, Servers servers) {
        Vertx on = use.value().vertx();
        binding = false;
        LOG.info("listening on {}{}", address, tls.isPresent() ? " with TLS" : "");
        long checks = on.setPeriodic(clients.millisBetweenChecks(), timer -> clients.closeLate());
        Optional<FileWatch<TlsFiles>> watch = tls.map(files -> files.watch(on, servers.any));
        close = () -> {
            watch.ifPresent(FileWatch::close);
            on.undeploy(servers.deployment).onComplete(end -> {
                on.cancelTimer(checks);
                use.value().sockets().release(address, clients);
                LOG.info("no longer listening on {}", address);
                use.close();
                closed.tryComplete();
            });
        };
        if (closing) {
            close.run();
        }
    }
}
