package com.wasmcloud.httpserver;

import com.wasmcloud.httpserver.handlers.HttpFailure;
import com.wasmcloud.httpserver.settings.HttpAddress;
import com.wasmcloud.httpserver.settings.HttpRoutes;
import com.wasmcloud.httpserver.settings.HttpRoutes.Route;
import com.wasmcloud.httpserver.settings.ServerSettings;
import com.wasmcloud.httpserver.vertx.HttpPort;
import com.wasmcloud.httpserver.vertx.HttpPorts;
import com.wasmcloud.httpserver.vertx.RequestHandlers;
import com.wasmcloud.provider.Health;
import com.wasmcloud.provider.settings.SettingsException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Listens on one address and dispatches its requests to the applications there, by route.
 *
 * <p>Thread-safe.
 */
final class HttpListener {
    private final HttpAddress address;
    private final ServerSettings settings;
    private final HttpDate date = new HttpDate();
    private final HttpPort port;
    private volatile RouteTable<Application> table = RouteTable.empty();

    /** Handles the requests of its routes. */
    interface Application extends Handler<HttpServerRequest> {
        String actorId();

        HttpRoutes routes();
    }

    /**
     * Opens the port in the background.
     *
     * @param free when an earlier listener of the address is closed
     */
    HttpListener(HttpAddress address, ServerSettings settings, HttpPorts ports, Future<Void> free) {
        this.address = address;
        this.settings = settings;
        this.port = ports.open(address, settings, free, new RequestHandlers(this::received, this::receivedMalformed));
    }

    /** Whether the port is bound, and if not, why. */
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

    /** An application of another actor that is served here, if there is one. */
    Optional<Application> applicationOfOther(String actorId) {
        return table.owners().stream()
                .filter(served -> !served.actorId().equals(actorId))
                .findFirst();
    }

    /** Stops listening, now that the last application is gone. */
    void close() {
        port.close();
    }

    /**
     * Serves an application from now on, in place of an earlier one of the same actor.
     *
     * @throws SettingsException when one of its routes is taken by another actor
     */
    synchronized void add(Application application) {
        RouteTable<Application> others = table;
        for (Application other : table.owners()) {
            others = other.actorId().equals(application.actorId()) ? others.without(other) : others;
        }
        List<Route> routes = application.routes().routes();
        Optional<Map.Entry<Route, Application>> taken = others.taken(routes);
        if (taken.isPresent()) {
            throw new SettingsException(
                    taken.get().getKey() + " on the address " + address + " is taken by the link of actor "
                            + taken.get().getValue().actorId()
                            + "; give this link another path, another hostname or another address");
        }
        table = others.with(routes, application);
    }

    /** Stops serving an application; one that was replaced is gone already. */
    synchronized void remove(Application application) {
        table = table.without(application);
    }

    /** Dispatches a request to the application with the most specific route. */
    void dispatch(HttpServerRequest request) {
        RouteTable<Application> now = table;
        Application application = now.find(request);
        if (application != null) {
            application.handle(request);
        } else if (now.isEmpty()) {
            HttpFailure.of(503, "No application is linked to this address.").refuse(request);
        } else {
            HttpFailure.of(404, "There is nothing at this address.").refuse(request);
        }
    }

    private void received(HttpServerRequest request) {
        setDate(request);
        if (RequestTarget.isOfServer(request)) {
            answerForServer(request);
        } else if (RequestTarget.isValid(request)) {
            dispatch(request);
        } else {
            HttpFailure.invalid().refuse(request);
        }
    }

    /** {@code OPTIONS *} is about the server, and not about any application. */
    private static void answerForServer(HttpServerRequest request) {
        request.response().setStatusCode(204).end().onComplete(end -> HttpPort.answered(request));
    }

    private void receivedMalformed(HttpServerRequest request) {
        setDate(request);
        Throwable cause = request.decoderResult().cause();
        HttpFailure failure = HttpFailure.invalid();
        if (cause instanceof TooLongHttpLineException) {
            failure = HttpFailure.of(414, "The address of the request is too long.");
        } else if (cause instanceof TooLongHttpHeaderException) {
            failure = HttpFailure.of(431, "The headers of the request are too large.");
        }
        failure.answer(request);
    }

    /** Every response gets a date; one that an actor gives replaces it. */
    private void setDate(HttpServerRequest request) {
        request.response().putHeader("date", date.now());
    }
}
