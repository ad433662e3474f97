package com.wasmcloud.httpserver.handlers;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;

/** Handlers that refuse kinds of requests. */
public final class Restrictions {
    private Restrictions() {}

    /** Lets only GET and HEAD pass. */
    public static Handler<RoutingContext> readOnly() {
        return routing -> {
            HttpMethod method = routing.request().method();
            if (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD)) {
                routing.next();
            } else {
                routing.fail(HttpFailure.of(405, "Only GET and HEAD are allowed here.")
                        .with("allow", "GET, HEAD"));
            }
        };
    }

    /** Lets no WebSockets pass: no contract has an operation for them. */
    public static Handler<RoutingContext> noWebSockets() {
        return routing -> {
            String upgrade = routing.request().getHeader("upgrade");
            if (upgrade != null && upgrade.equalsIgnoreCase("websocket")) {
                routing.fail(HttpFailure.of(501, "WebSockets are not served here; applications answer requests only."));
            } else {
                routing.next();
            }
        };
    }
}
