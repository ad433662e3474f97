package com.wasmcloud.httpserver.handlers;

import com.wasmcloud.httpserver.settings.CorsSettings;
import com.wasmcloud.httpserver.settings.HttpOrigin;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * CORS as in the Fetch standard: answers preflights, refuses requests of other origins, and lets scripts of allowed ones
 * read the answers. Requests without {@code Origin} pass. Thread-safe.
 */
public final class Cors implements Handler<RoutingContext> {
    /** The one header that a wildcard does not cover. */
    private static final String AUTHORIZATION = "authorization";

    private final CorsSettings settings;

    public Cors(CorsSettings settings) {
        this.settings = settings;
    }

    @Override
    public void handle(RoutingContext routing) {
        String origin = routing.request().getHeader("origin");
        if (origin == null) {
            if (!settings.origins().isEmpty()) {
                routing.addHeadersEndHandler(end -> vary(routing.response().headers()));
            }
            routing.next();
        } else if (!isAllowed(origin)) {
            forbid(routing, "origin not allowed");
        } else if (routing.request().method().equals(HttpMethod.OPTIONS)) {
            preflight(routing, origin);
        } else {
            routing.addHeadersEndHandler(end -> allow(origin, routing.response().headers()));
            routing.next();
        }
    }

    private boolean isAllowed(String origin) {
        return settings.origins().isEmpty() || settings.origins().contains(HttpOrigin.normalized(origin));
    }

    private static void forbid(RoutingContext routing, String why) {
        routing.addHeadersEndHandler(end -> vary(routing.response().headers()));
        routing.fail(HttpFailure.of(403, "CORS request forbidden: " + why));
    }

    private void preflight(RoutingContext routing, String origin) {
        MultiMap asked = routing.request().headers();
        routing.addHeadersEndHandler(end -> allow(origin, routing.response().headers()));
        String method = asked.get("access-control-request-method");
        if (method == null || !(settings.methods().contains(method) || isAny(settings.methods()))) {
            routing.fail(HttpFailure.of(403, "CORS request forbidden: request-method not allowed"));
            return;
        }
        List<String> headers = requestedHeaders(asked);
        if (!headers.stream().allMatch(this::isAllowedHeader)) {
            routing.fail(HttpFailure.of(403, "CORS request forbidden: header not allowed"));
            return;
        }
        MultiMap answer = routing.response().headers();
        answer.set("access-control-allow-methods", granted(settings.methods(), List.of(method)));
        answer.set("access-control-allow-headers", granted(settings.headers(), headers));
        answer.set("access-control-max-age", Integer.toString(settings.grants().maxAgeSeconds()));
        InFlight.of(routing).answered(routing.response().end(), 0);
    }

    private static boolean isAny(Set<String> allowed) {
        return allowed.contains(CorsSettings.ANY);
    }

    private boolean isAllowedHeader(String name) {
        return settings.headers().contains(name) || (isAny(settings.headers()) && !name.equals(AUTHORIZATION));
    }

    /** Browsers ignore a wildcard when credentials are sent along; so they get what they asked for, by name. */
    private String granted(Set<String> allowed, List<String> requested) {
        boolean byName = isAny(allowed) && settings.grants().credentials() && !requested.isEmpty();
        return String.join(", ", byName ? requested : allowed);
    }

    private static List<String> requestedHeaders(MultiMap asked) {
        return asked.getAll("access-control-request-headers").stream()
                .flatMap(line -> Stream.of(line.split(",", -1)))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private void allow(String origin, MultiMap answer) {
        answer.set("access-control-allow-origin", origin);
        if (settings.grants().credentials()) {
            answer.set("access-control-allow-credentials", "true");
        }
        if (!settings.exposed().isEmpty()) {
            answer.set("access-control-expose-headers", String.join(", ", settings.exposed()));
        }
        vary(answer);
    }

    /** Tells caches that the answer depends on the origin. */
    private static void vary(MultiMap answer) {
        Set<String> names = answer.getAll("vary").stream()
                .flatMap(line -> Stream.of(line.toLowerCase(Locale.ROOT).split(",", -1)))
                .map(String::strip)
                .collect(Collectors.toSet());
        if (!names.contains("origin") && !names.contains("*")) {
            answer.add("vary", "Origin");
        }
    }
}
