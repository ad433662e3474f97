package com.wasmcloud.provider.telemetry;

import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Takes what a provider reports: spans of what it does, and numbers about it.
 *
 * <p>Thread-safe. Nothing here blocks or fails, whatever becomes of the reports; {@link #close} waits for a while.
 */
public interface Telemetry {
    /** For when nobody watches. */
    Telemetry NOTHING = new Telemetry() {
        @Override
        public boolean isOn() {
            return false;
        }

        @Override
        public Span served(String operation, String actor, Map<String, String> trace) {
            return Span.NOTHING;
        }

        @Override
        public Span called(String operation, String actor, Map<String, String> trace) {
            return Span.NOTHING;
        }

        @Override
        public Span received(String name, Map<String, String> trace, Map<String, String> attributes) {
            return Span.NOTHING;
        }

        @Override
        public Span sent(String name, Map<String, String> trace, Map<String, String> attributes) {
            return Span.NOTHING;
        }

        @Override
        public void gauge(Metric metric, LongSupplier value) {}

        @Override
        public void gauges(Metric metric, String attribute, Supplier<Map<String, Long>> values) {}

        @Override
        public void close(Duration patience) {}
    };

    /** Whether anything is reported at all. */
    boolean isOn();

    /**
     * An actor calls this provider.
     *
     * @param trace W3C trace context of the caller, empty for none; so in all methods
     */
    Span served(String operation, String actor, Map<String, String> trace);

    /** This provider calls an actor. */
    Span called(String operation, String actor, Map<String, String> trace);

    /** Somebody outside the lattice asks this provider for something. */
    Span received(String name, Map<String, String> trace, Map<String, String> attributes);

    /** This provider asks its backend for something; begins no trace of its own. */
    Span sent(String name, Map<String, String> trace, Map<String, String> attributes);

    /** Reports a number whenever one is due. It must be there at once, from memory. */
    void gauge(Metric metric, LongSupplier value);

    /** Reports one number for each value of an attribute, whenever they are due. */
    void gauges(Metric metric, String attribute, Supplier<Map<String, Long>> values);

    /** Sends what has not been sent yet, and ends. Returns when that is done, or after the given time. */
    void close(Duration patience);

    /**
     * A number that is reported.
     *
     * @param unit as UCUM writes it, such as {@code {call}}
     * @param growing whether it only ever grows
     */
    record Metric(String name, String unit, String description, boolean growing) {}
}
