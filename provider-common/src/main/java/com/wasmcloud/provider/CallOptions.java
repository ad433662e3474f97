package com.wasmcloud.provider;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How one call to an actor is made. An immutable value.
 *
 * @param timeout how long to wait for the answer; the host's default when empty
 * @param trace W3C trace context to pass on ({@code traceparent}, {@code tracestate}); that of the invocation which is
 *     being served, if any, when empty
 * @param counted bytes of the argument for which the caller holds memory of the link's until the call is over
 */
public record CallOptions(Optional<Duration> timeout, Optional<Map<String, String>> trace, long counted) {
    /** The host's timeout, the current trace, nothing counted. */
    public static final CallOptions DEFAULT = new CallOptions(Optional.empty(), Optional.empty(), 0);

    /** The same with a timeout of its own. */
    public CallOptions within(Duration limit) {
        return new CallOptions(Optional.of(limit), trace, counted);
    }

    /** The same with a trace context of its own. */
    public CallOptions traced(Map<String, String> context) {
        return new CallOptions(timeout, Optional.of(Map.copyOf(context)), counted);
    }

    /** The same, where the link's memory has been taken for so many bytes of the argument already. */
    public CallOptions counted(long bytes) {
        return new CallOptions(timeout, trace, bytes);
    }

    /** The trace context of a call that is made now, on this thread; empty for none. */
    public Map<String, String> traceOrCurrent() {
        return trace.isPresent() ? trace.get() : TraceContext.current();
    }
}
