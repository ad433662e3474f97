package com.wasmcloud.provider;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The call that the current thread is serving, for the fields of its log lines. There is one such object for each thread,
 * and to enter and close it is two assignments: a call that logs nothing makes no object.
 */
public final class CurrentCall implements AutoCloseable {
    private static final ThreadLocal<CurrentCall> OF_THREAD = ThreadLocal.withInitial(CurrentCall::new);

    private @Nullable Call call;

    private CurrentCall() {}

    /** Makes a call, or none, current until this is closed, on the same thread. */
    public static CurrentCall enter(@Nullable Call call) {
        CurrentCall current = OF_THREAD.get();
        current.call = call;
        return current;
    }

    /** The call being served, null for none. */
    public static @Nullable Call get() {
        return OF_THREAD.get().call;
    }

    /** Names what is known of the call being served; values come from outside and may hold anything. */
    public static void fields(BiConsumer<String, String> field) {
        Call call = get();
        if (call != null) {
            field.accept("actor", call.peer());
            field.accept("link", call.link());
            field.accept("operation", call.operation());
            field.accept("invocation", call.id());
        }
        String trace = TraceContext.traceId();
        if (trace.isEmpty() && call != null) {
            trace = TraceContext.traceId(call.trace());
        }
        if (!trace.isEmpty()) {
            field.accept("trace_id", trace);
        }
    }

    @Override
    public void close() {
        call = null;
    }
}
