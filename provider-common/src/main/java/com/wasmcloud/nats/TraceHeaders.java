package com.wasmcloud.nats;

import java.util.List;

/** The W3C trace context headers, which travel in NATS headers and in the {@code traceContext} of envelopes. */
final class TraceHeaders {
    static final List<String> NAMES = List.of("traceparent", "tracestate");

    private TraceHeaders() {}
}
