package com.wasmcloud.httpserver.handlers;

import com.wasmcloud.httpserver.settings.FieldSyntax;
import com.wasmcloud.provider.support.TraceParent;
import io.vertx.core.MultiMap;
import java.util.HashMap;
import java.util.Map;

/** The W3C trace context in the headers of a request. */
final class TraceHeaders {
    private static final int LONGEST_STATE = 512;

    private TraceHeaders() {}

    /** The trace context, empty when there is none or it is malformed. */
    static Map<String, String> read(MultiMap headers) {
        String parent = headers.get("traceparent");
        if (parent == null || !TraceParent.isWellFormed(parent)) {
            return Map.of();
        }
        Map<String, String> trace = new HashMap<>();
        trace.put("traceparent", parent);
        String state = String.join(",", headers.getAll("tracestate"));
        if (!state.isEmpty() && state.length() <= LONGEST_STATE && FieldSyntax.isVisibleAscii(state)) {
            trace.put("tracestate", state);
        }
        return trace;
    }
}
