package com.wasmcloud.provider;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The W3C trace context of the invocation that the current thread is serving, for calls to actors and for log lines. */
final class TraceContext {
    private static final Pattern TRACE_PARENT =
            Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}(?:-.*)?");
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

    /** The trace id of the current context, empty when there is none. */
    static String traceId() {
        return traceId(current());
    }

    /** The trace id in a {@code traceparent}, empty when there is none: that is a caller's text and may be anything. */
    static String traceId(Map<String, String> trace) {
        Matcher parent = TRACE_PARENT.matcher(trace.getOrDefault("traceparent", ""));
        return parent.matches() ? parent.group(1) : "";
    }

    /** Ends the context; call it on the same thread. */
    interface Scope extends AutoCloseable {
        Scope NOTHING = () -> {};

        @Override
        void close();
    }
}
