package com.wasmcloud.provider;

import com.wasmcloud.provider.telemetry.Span;
import com.wasmcloud.provider.telemetry.Telemetry;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reports what a session does besides serving and making calls, which the library reports automatically: what it asks its
 * backend for, and what others ask it for.
 *
 * <pre>{@code
 * return spans.sent("GET").until(client.get(key));
 * }</pre>
 *
 * <p>Thread-safe. Where nothing is reported this costs nothing, so nobody has to ask first.
 */
public final class Spans {
    /** Reports nothing. */
    public static final Spans NONE = new Spans(Telemetry.NOTHING, Map.of());

    private final Telemetry telemetry;
    private final Map<String, String> attributes;
    /** Null for that of whatever the current thread is serving. */
    private final @Nullable Map<String, String> trace;

    Spans(Telemetry telemetry, Map<String, String> attributes) {
        this(telemetry, Map.copyOf(attributes), null);
    }

    private Spans(Telemetry telemetry, Map<String, String> attributes, @Nullable Map<String, String> trace) {
        this.telemetry = telemetry;
        this.attributes = attributes;
        this.trace = trace;
    }

    /**
     * The same for a call that takes several steps: what it begins later, on any thread, is a part of the call that the
     * current thread is serving now.
     */
    public Spans ofThisCall() {
        return telemetry.isOn() ? new Spans(telemetry, attributes, TraceContext.current()) : this;
    }

    /** Begins a request to the backend, as a part of the call that the current thread is serving. */
    public Span sent(String name) {
        if (!telemetry.isOn()) {
            return Span.NOTHING;
        }
        return telemetry.sent(name, trace == null ? TraceContext.current() : trace, attributes);
    }

    /**
     * Begins a request from outside the lattice.
     *
     * @param trace its W3C trace context ({@code traceparent}, {@code tracestate}), empty for none
     */
    public Span received(String name, Map<String, String> trace) {
        return telemetry.received(name, trace, attributes);
    }
}
