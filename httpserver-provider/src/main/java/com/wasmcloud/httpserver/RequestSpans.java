package com.wasmcloud.httpserver;

import com.wasmcloud.provider.Spans;
import com.wasmcloud.provider.telemetry.Span;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.Set;

/** What is reported of requests, in the words of OpenTelemetry; never their queries, headers or bodies. */
final class RequestSpans {
    private static final Set<String> METHODS =
            Set.of("CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE");

    private RequestSpans() {}

    /** A request has arrived. */
    static Span begin(Spans spans, HttpServerRequest request, Map<String, String> trace) {
        String method = request.method().name();
        boolean known = METHODS.contains(method); // anybody can invent methods
        return spans.received(known ? method : "HTTP", trace)
                .attribute("http.request.method", known ? method : "_OTHER")
                .attribute("url.path", request.path() == null ? "" : request.path());
    }

    /** It is answered, or its client has gone. */
    static void end(Span span, int status) {
        span.attribute("http.response.status_code", status);
        if (status >= 500) {
            span.fail(Integer.toString(status));
        } else {
            span.end(null);
        }
    }
}
