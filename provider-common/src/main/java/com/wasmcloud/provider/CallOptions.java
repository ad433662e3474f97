package com.wasmcloud.provider;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * How one call to an actor is made. An immutable value.
 *
 * @param timeout how long to wait for the answer; the host's default when empty
 * @param trace W3C trace context to pass on ({@code traceparent}, {@code tracestate}); that of the invocation which is
 *     being served, if any, when empty
 * @param counted bytes of the argument for which the caller holds memory of the link's until the call is over
 * @param turn when to send the call; see {@link #after}
 */
public record CallOptions(
        Optional<Duration> timeout, Optional<Map<String, String>> trace, long counted, CompletionStage<?> turn) {
    /** The host's timeout, the current trace, nothing counted, sent at once. */
    public static final CallOptions DEFAULT =
            new CallOptions(Optional.empty(), Optional.empty(), 0, CompletableFuture.completedFuture(null));

    /** The same with a timeout of its own. */
    public CallOptions within(Duration limit) {
        return new CallOptions(Optional.of(limit), trace, counted, turn);
    }

    /** The same with a trace context of its own. */
    public CallOptions traced(Map<String, String> context) {
        return new CallOptions(timeout, Optional.of(Map.copyOf(context)), counted, turn);
    }

    /** The same, where the link's memory has been taken for so many bytes of the argument already. */
    public CallOptions counted(long bytes) {
        return new CallOptions(timeout, trace, bytes, turn);
    }

    /**
     * The same, sent when a stage completes: until then the call is only encoded and signed, so that one can be prepared
     * while the peer has the one before. The timeout begins when it is sent. When the stage fails, so does the call, and
     * nothing is sent; a stage that never completes keeps the call, and its memory, for ever.
     */
    public CallOptions after(CompletionStage<?> stage) {
        return new CallOptions(timeout, trace, counted, stage);
    }

    /** The trace context of a call that is made now, on this thread; empty for none. */
    public Map<String, String> traceOrCurrent() {
        return trace.isPresent() ? trace.get() : TraceContext.current();
    }
}
