package com.wasmcloud.provider;

import java.util.Map;

/** The W3C trace context of the invocation that the current thread is serving, for calls to actors and for log lines. */
final class TraceContext {
    private static final ThreadLocal<Map<String, String>> CURRENT = new ThreadLocal<>();

    private TraceContext() {}

    static Map<String, String> current() {
        Map<String, String> trace = CURRENT.get();
        return trace == null ? Map.of() : trace;
    }

    /** Makes a context current until the scope is closed. */
    static Scope enter(Map<String, String> trace) {
        if (trace.isEmpty() && CURRENT.get() == null) {
            return Scope.NOTHING;
        }
        CURRENT.set(trace);
        return CURRENT::remove;
    }

    /** The trace id in a {@code traceparent}, empty when there is none. */
    static String traceId() {
        String[] parts = current().getOrDefault("traceparent", "").split("-", -1);
        return parts.length >= 4 ? parts[1] : "";
    }

    /** Ends the context; call it on the same thread. */
    interface Scope extends AutoCloseable {
        Scope NOTHING = () -> {};

        @Override
        void close();
    }
}
