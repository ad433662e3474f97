package com.wasmcloud.provider.telemetry.otel;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.HashMap;
import java.util.Map;

/** W3C trace contexts as the lattice passes them on: headers by name. */
final class TraceContexts {
    private static final W3CTraceContextPropagator W3C = W3CTraceContextPropagator.getInstance();
    private static final TextMapGetter<Map<String, String>> BY_NAME =
            (trace, name) -> trace == null ? null : trace.get(name);

    private TraceContexts() {}

    /** The caller's context; one that is missing or malformed begins a trace. */
    static Context read(Map<String, String> trace) {
        return trace.isEmpty() ? Context.root() : W3C.extract(Context.root(), trace, BY_NAME);
    }

    static Map<String, String> write(Span span) {
        Map<String, String> trace = new HashMap<>(4);
        W3C.inject(Context.root().with(span), trace, (map, name, value) -> {
            if (map != null) {
                map.put(name, value);
            }
        });
        return trace;
    }
}
