package com.wasmcloud.wasmbus;

import com.wasmcloud.nats.Message;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The W3C trace context of calls, which some hosts write into the envelope and some into the message's headers. */
final class TraceHeaders {
    private static final List<String> NAMES = List.of("traceparent", "tracestate");

    private TraceHeaders() {}

    /** That of a call, empty when it has none. */
    static Map<String, String> of(Invocation invocation, Message message) {
        Map<String, String> inEnvelope = invocation.traceContext().orElse(Map.of());
        return inEnvelope.isEmpty() ? of(message.headers()) : inEnvelope;
    }

    private static Map<String, String> of(Map<String, String> headers) {
        if (headers.isEmpty()) {
            return headers;
        }
        Map<String, String> trace = new HashMap<>();
        for (String name : NAMES) {
            String value = headers.get(name);
            if (value != null) {
                trace.put(name, value);
            }
        }
        return trace;
    }
}
