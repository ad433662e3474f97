package com.wasmcloud.httpserver;

import com.wasmcloud.httpserver.HttpRoutes.Route;
import com.wasmcloud.provider.Health;
import com.wasmcloud.provider.settings.SettingsException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One address and the links that are served there. It closes by itself once its last link is gone and the last request of
 * that is answered.
 *
 * <p>Thread-safe.
 */
final class HttpListener {
    private final HttpAddress address;
    private final ServerSettings settings;
    private final HttpDate date;
    private final HttpPort port;
    private volatile RouteTable<HttpLink> table = RouteTable.empty();
    /** Links that are served or still have requests in flight: once there was one, none means the end. */
    private int held;

    private boolean closing;

    private HttpListener(HttpAddress address, ServerSettings settings, HttpDate date, Future<GuardedVertx> vertx) {
        this.address = address;
        this.settings = settings;
        this.date = date;
        this.port = HttpPort.open(address, settings, vertx, new HttpPort.Requests(this::take, this::refuseMalformed));
    }

    /** Begins to listen as soon as there is a Vert.x to do it with. */
    static HttpListener open(HttpAddress address, ServerSettings settings, HttpDate date, Future<GuardedVertx> vertx) {
        return new HttpListener(address, settings, date, vertx);
    }

    /** Whether the port is bound, and why not. */
    Health health() {
        return port.health();
    }

    /** Completes when the port is free again. */
    Future<Void> closed() {
        return port.closed();
    }

    ServerSettings settings() {
        return settings;
    }

    /** A link of another actor that is served here, if there is one. */
    Optional<HttpLink> linkOfOther(String actorId) {
        return table.owners().stream()
                .filter(link -> !link.actorId().equals(actorId))
                .findFirst();
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
            port.close();
        }
    }

    /**
     * Serves a link from now on, in place of an earlier one of the same actor.
     *
     * @throws SettingsException when another actor is served there
     */
    synchronized void add(HttpLink link) {
        RouteTable<HttpLink> others = table;
        for (HttpLink other : table.owners()) {
            others = other.actorId().equals(link.actorId()) ? others.without(other) : others;
        }
        List<Route> routes = link.settings().routes().routes();
        Optional<Map.Entry<Route, HttpLink>> taken = others.taken(routes);
        if (taken.isPresent()) {
            throw new SettingsException(
                    taken.get().getKey() + " on the address " + address + " is taken by the link of actor "
                            + taken.get().getValue().actorId()
                            + "; give this link another path, another hostname or another address");
        }
        table = others.with(routes, link);
    }

    /** Serves a link no more; one that was replaced is gone already. */
    synchronized void remove(HttpLink link) {
        table = table.without(link);
    }

    private void take(HttpServerRequest request) {
        Client client = Client.of(request.connection());
        client.begin();
        if (request.response().writeQueueFull()) {
            // pipelined by a client that does not read what it gets: no more for it before it does
            request.pause();
            request.response().closeHandler(gone -> client.end()).drainHandler(read -> {
                request.response().closeHandler(null).drainHandler(null);
                request.resume();
                route(request, client);
            });
        } else {
            route(request, client);
        }
    }

    private void route(HttpServerRequest request, Client client) {
        if (!isAddressed(request)) {
            refuse(request, client, HttpFailure.invalid());
            return;
        }
        RouteTable<HttpLink> now = table;
        HttpLink link = now.find(request);
        if (link != null) {
            serve(request, client, link);
        } else {
            refuse(
                    request,
                    client,
                    now.isEmpty() ? unlinked() : new HttpFailure(404, "There is nothing at this address."));
        }
    }

    private void serve(HttpServerRequest request, Client client, HttpLink link) {
        switch (link.enter()) {
            case ADMITTED -> new Exchange(link, request, Vertx.currentContext(), client::end).run();
            case FULL -> refuse(request, client, HttpFailure.overloaded());
            case CLOSED -> {
                HttpLink successor = table.find(request); // there is one when the link has got new values just now
                if (successor == null || successor == link) {
                    refuse(request, client, unlinked());
                } else {
                    serve(request, client, successor);
                }
            }
        }
    }

    private static HttpFailure unlinked() {
        return new HttpFailure(503, "No application is linked to this address.");
    }

    /** Whether the request says which host and path it is for, in a version that we speak. */
    private static boolean isAddressed(HttpServerRequest request) {
        String path = request.path();
        return path != null
                && path.startsWith("/")
                && request.version() != null
                && (request.authority() != null || request.version() == HttpVersion.HTTP_1_0);
    }

    private void refuse(HttpServerRequest request, Client client, HttpFailure failure) {
        failure.answer(request, date).onComplete(end -> client.end());
    }

    private void refuseMalformed(HttpServerRequest malformed) {
        HttpFailure.ofMalformed(malformed).answer(malformed, date);
    }
}
