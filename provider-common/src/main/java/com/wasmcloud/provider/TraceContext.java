package com.wasmcloud.provider;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The W3C trace context of the invocation that the current thread is serving, for calls to actors and for log lines. */
public final class TraceContext {
    private static final Pattern TRACE_PARENT =
            Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}(?:-[ -~]{0,256})?");
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
    public static String traceId(Map<String, String> trace) {
        return parent(trace).map(parent -> parent.split("-", -1)[1]).orElse("");
    }

    /** A {@code traceparent}, if it is one: it comes from a caller and may be anything. */
    static Optional<String> parent(Map<String, String> trace) {
        String parent = trace.get("traceparent");
        return parent != null && TRACE_PARENT.matcher(parent).matches() ? Optional.of(parent) : Optional.empty();
    }

    /** Ends the context; call it on the same thread. */
    public interface Scope extends AutoCloseable {
        Scope NOTHING = () -> {};

        @Override
        void close();
    }
}
