package com.wasmcloud.httpserver.handlers;

import com.wasmcloud.httpserver.settings.AccessLogFormat;
import com.wasmcloud.provider.support.TraceParent;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Writes a line of the access log for each request, when it is over. Thread-safe. */
public final class AccessLogHandler implements Handler<RoutingContext> {
    private final AccessLog log;
    private final AccessLogFormat format;
    private final String actorId;
    private final Optional<String> requestIdHeader;

    public AccessLogHandler(AccessLog log, AccessLogFormat format, String actorId, Optional<String> requestIdHeader) {
        this.log = log;
        this.format = format;
        this.actorId = actorId;
        this.requestIdHeader = requestIdHeader;
    }

    @Override
    public void handle(RoutingContext routing) {
        long begin = System.nanoTime();
        InFlight.of(routing)
                .whenOver((status, bytes) -> log.write(AccessLogLine.of(
                        format,
                        Instant.now(),
                        line(routing.request()),
                        new AccessLogLine.Outcome(status, bytes, System.nanoTime() - begin),
                        ids(routing))));
        routing.next();
    }

    private static AccessLogLine.Request line(HttpServerRequest request) {
        String version =
                switch (request.version()) {
                    case HTTP_1_0 -> "HTTP/1.0";
                    case HTTP_1_1 -> "HTTP/1.1";
                    default -> "HTTP/2.0";
                };
        String path = request.path() == null ? "" : request.path();
        return new AccessLogLine.Request(
                request.remoteAddress().hostAddress(), request.method().name(), path, version);
    }

    private Map<String, String> ids(RoutingContext routing) {
        Map<String, String> ids = new LinkedHashMap<>();
        ids.put("actor", actorId);
        requestIdHeader.map(header -> routing.request().getHeader(header)).ifPresent(id -> ids.put("request_id", id));
        String trace = Tracing.context(routing).get("traceparent");
        if (trace != null) {
            ids.put("trace_id", TraceParent.traceId(trace));
        }
        return ids;
    }
}
