package com.wasmcloud.httpserver.handlers;

import com.wasmcloud.provider.Spans;
import com.wasmcloud.provider.telemetry.Span;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Set;

/**
 * Reports each request as a span, in the words of OpenTelemetry, and passes the trace context on; never reports queries,
 * headers or bodies. Thread-safe.
 */
public final class Tracing implements Handler<RoutingContext> {
    private static final String KEY = "trace";
    private static final Set<String> METHODS =
            Set.of("CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE");

    private final Spans spans;

    public Tracing(Spans spans) {
        this.spans = spans;
    }

    @Override
    public void handle(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        Map<String, String> ofClient = TraceHeaders.read(request.headers());
        Span span = begin(request, ofClient);
        if (span != Span.NOTHING) {
            InFlight.of(routing).whenOver((status, bytes) -> end(span, status));
        }
        Map<String, String> trace = span.context(ofClient);
        if (!trace.isEmpty()) {
            routing.put(KEY, trace);
        }
        routing.next();
    }

    /** The W3C trace context that calls for a request are made in; empty when there is none. */
    public static Map<String, String> context(RoutingContext routing) {
        Map<String, String> trace = routing.get(KEY);
        return trace == null ? Map.of() : trace;
    }

    private Span begin(HttpServerRequest request, Map<String, String> trace) {
        String method = request.method().name();
        boolean known = METHODS.contains(method); // anybody can invent methods
        return spans.received(known ? method : "HTTP", trace)
                .attribute("http.request.method", known ? method : "_OTHER")
                .attribute("url.path", request.path() == null ? "" : request.path());
    }

    private static void end(Span span, int status) {
        span.attribute("http.response.status_code", status);
        if (status >= 500) {
            span.fail(Integer.toString(status));
        } else {
            span.end(null);
        }
    }
}
