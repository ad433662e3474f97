package com.wasmcloud.httpserver.handlers;

import com.wasmcloud.httpserver.settings.Forwarded;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells the application of the client in {@code x-forwarded-for}, {@code -proto} and {@code -host}. Thread-safe. */
public final class ForwardedHeaders implements Handler<RoutingContext> {
    private static final String FOR = "x-forwarded-for";
    private static final String PROTO = "x-forwarded-proto";
    private static final String HOST = "x-forwarded-host";

    private final boolean append;

    /**
     * @param mode {@link Forwarded#SET} or {@link Forwarded#APPEND}
     */
    public ForwardedHeaders(Forwarded mode) {
        this.append = mode == Forwarded.APPEND;
    }

    @Override
    public void handle(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        MultiMap headers = request.headers();
        String client = request.remoteAddress().hostAddress();
        String proto = request.isSSL() ? "https" : "http";
        if (append) {
            List<String> before = headers.getAll(FOR);
            headers.set(FOR, before.isEmpty() ? client : String.join(", ", before) + ", " + client);
            setIfAbsent(headers, PROTO, proto);
        } else {
            headers.set(FOR, client);
            headers.set(PROTO, proto);
            headers.remove(HOST);
            headers.remove("forwarded");
        }
        String host = host(request);
        if (host != null) {
            setIfAbsent(headers, HOST, host);
        }
        routing.next();
    }

    private static @Nullable String host(HttpServerRequest request) {
        String host = request.getHeader("host");
        HostAndPort authority = request.authority();
        return host != null || authority == null ? host : authority.toString();
    }

    private static void setIfAbsent(MultiMap headers, String name, String value) {
        if (!headers.contains(name)) {
            headers.set(name, value);
        }
    }
}
