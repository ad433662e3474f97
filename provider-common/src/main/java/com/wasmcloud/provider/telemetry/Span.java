package com.wasmcloud.provider.telemetry;

import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A piece of work whose beginning, end and outcome are reported. Where nobody wants to know it does nothing and costs
 * nothing.
 *
 * <p>Thread-safe. Whoever begins one ends it exactly once, by {@link #end}, {@link #fail} or {@link #until}.
 */
public interface Span {
    /** Reports nothing. */
    Span NOTHING = new Span() {
        @Override
        public Map<String, String> context(Map<String, String> otherwise) {
            return otherwise;
        }

        @Override
        public Span attribute(String name, String value) {
            return this;
        }

        @Override
        public Span attribute(String name, long value) {
            return this;
        }

        @Override
        public void end(@Nullable Throwable failure) {}

        @Override
        public void fail(String kind) {}

        @Override
        public <T> CompletionStage<T> until(CompletionStage<T> work) {
            return work;
        }
    };

    /**
     * The W3C trace context ({@code traceparent}, {@code tracestate}) to pass on to whoever helps with this work.
     *
     * @param otherwise the one to pass on when this reports nothing
     */
    Map<String, String> context(Map<String, String> otherwise);

    /** Notes something about the work, with a name from OpenTelemetry's conventions; never a payload or a secret. */
    Span attribute(String name, String value);

    /** Notes a number about the work. */
    Span attribute(String name, long value);

    /** The work is over; null when it went well. */
    void end(@Nullable Throwable failure);

    /** The work is over and failed; what it reports is the kind of failure, such as an HTTP status. */
    void fail(String kind);

    /** Ends when the work does; gives a stage with the same outcome, which completes after the end. */
    <T> CompletionStage<T> until(CompletionStage<T> work);
}
