package com.wasmcloud.provider;

import com.wasmcloud.provider.support.TraceParent;
import java.util.Map;
import java.util.Optional;

/** The W3C trace context of the invocation that the current thread is serving, for calls to actors and for log lines. */
public final class TraceContext {
    private static final ThreadLocal<Map<String, String>> CURRENT = new ThreadLocal<>();

    private TraceContext() {}

    public static Map<String, String> current() {
        Map<String, String> trace = CURRENT.get();
        return trace == null ? Map.of() : trace;
    }

    /** Makes a context current until the scope is closed. */
    public static Scope enter(Map<String, String> trace) {
        if (trace.isEmpty() && CURRENT.get() == null) {
            return Scope.NOTHING;
        }
        CURRENT.set(trace);
        return CURRENT::remove;
    }

    /** The trace id of the current context, empty when there is none. */
    public static String traceId() {
        return traceId(current());
    }

    /** The trace id in a {@code traceparent}, empty when there is none. */
    static String traceId(Map<String, String> trace) {
        return parent(trace).map(TraceParent::traceId).orElse("");
    }

    /** A {@code traceparent}, if it is one: it comes from a caller and may be anything. */
    static Optional<String> parent(Map<String, String> trace) {
        return Optional.ofNullable(trace.get("traceparent")).filter(TraceParent::isWellFormed);
    }

    /** Ends the context; call it on the same thread. */
    public interface Scope extends AutoCloseable {
        Scope NOTHING = () -> {};

        @Override
        void close();
    }
}
