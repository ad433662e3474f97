package com.wasmcloud.provider;

import com.wasmcloud.wasmbus.Invocation;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The invocation that the current thread is serving, for the fields of its log lines. There is one such object for each
 * thread, and to enter and close it is two assignments: a call that logs nothing makes no object.
 */
public final class CurrentCall implements AutoCloseable {
    private static final ThreadLocal<CurrentCall> OF_THREAD = ThreadLocal.withInitial(CurrentCall::new);

    private @Nullable Invocation invocation;

    private CurrentCall() {}

    /** Makes an invocation current until this is closed, on the same thread. */
    public static CurrentCall enter(@Nullable Invocation invocation) {
        CurrentCall current = OF_THREAD.get();
        current.invocation = invocation;
        return current;
    }

    public static @Nullable Invocation get() {
        return OF_THREAD.get().invocation;
    }

    /** Names what is known of the call being served; values come from outside and may hold anything. */
    public static void fields(BiConsumer<String, String> field) {
        Invocation call = get();
        if (call != null) {
            field.accept("actor", call.origin().publicKey());
            field.accept("link", call.target().linkName());
            field.accept("operation", call.operation());
            field.accept("invocation", call.id());
        }
        String trace = TraceContext.traceId();
        if (trace.isEmpty() && call != null) {
            trace = TraceContext.traceId(call.traceContext().orElse(Map.of()));
        }
        if (!trace.isEmpty()) {
            field.accept("trace_id", trace);
        }
    }

    @Override
    public void close() {
        invocation = null;
    }
}
