package com.wasmcloud.provider.telemetry;

import com.wasmcloud.provider.support.Causes;
import java.lang.reflect.InvocationTargetException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is to be reported, and where to. An immutable value; its properties may hold secrets, so do not print them.
 *
 * @param traces name of the exporter of traces, {@code none} for none
 * @param metrics names of the exporters of metrics, {@code none} for none
 * @param properties settings of OpenTelemetry's software development kit by property name, {@code otel.…}
 * @param identity what tells this provider from others, by attribute name; part of every report
 */
public record TelemetryOptions(
        String traces, String metrics, Map<String, String> properties, Map<String, String> identity) {
    private static final Logger LOG = LoggerFactory.getLogger(Telemetry.class);
    private static final String IMPLEMENTATION = "com.wasmcloud.provider.telemetry.otel.OpenTelemetryReports";
    /** What the names of OpenTelemetry's environment variables begin with. */
    public static final String PREFIX = "OTEL_";

    private static final String PROMETHEUS = "prometheus";
    private static final String NONE = "none";
    private static final String TRACES = "otel.traces.exporter";
    private static final String METRICS = "otel.metrics.exporter";
    private static final String ENDPOINT = "otel.exporter.otlp.endpoint";
    private static final String TRACES_PATH = "/v1/traces";

    /** Copies the maps. */
    public TelemetryOptions {
        properties = Map.copyOf(properties);
        identity = Map.copyOf(identity);
    }

    /**
     * Understands OpenTelemetry's environment variables, of which empty ones count as not set. An endpoint alone switches
     * traces and metrics on; where one of the two is named, the other has to be named too.
     */
    public static TelemetryOptions of(Map<String, String> environment, Map<String, String> identity) {
        Map<String, String> properties = new LinkedHashMap<>();
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            if (variable.getKey().startsWith(PREFIX) && !variable.getValue().isBlank()) {
                properties.put(property(variable.getKey()), variable.getValue().strip());
            }
        }
        boolean disabled = "true".equalsIgnoreCase(properties.getOrDefault("otel.sdk.disabled", ""));
        boolean named = properties.containsKey(TRACES) || properties.containsKey(METRICS);
        String unnamed = !named && properties.containsKey(ENDPOINT) ? "otlp" : NONE;
        String traces = disabled ? NONE : properties.getOrDefault(TRACES, unnamed);
        String metrics = disabled ? NONE : properties.getOrDefault(METRICS, unnamed);
        if (!disabled && properties.containsKey("otel.exporter.prometheus.port") && !metrics.contains(PROMETHEUS)) {
            metrics = metrics.equals(NONE) ? PROMETHEUS : metrics + "," + PROMETHEUS; // an address is all that it takes
        }
        // hosts have always passed the address of the traces; the standard takes what all signals have in common
        String endpoint = properties.getOrDefault(ENDPOINT, "");
        if (endpoint.endsWith(TRACES_PATH)) {
            properties.put(ENDPOINT, endpoint.substring(0, endpoint.length() - TRACES_PATH.length()));
        }
        return new TelemetryOptions(traces, metrics, properties, identity);
    }

    /** The property that an environment variable stands for. */
    public static String property(String variable) {
        return variable.toLowerCase(Locale.ROOT).replace('_', '.');
    }

    /** Whether traces are reported. */
    public boolean hasTraces() {
        return !traces.equals(NONE);
    }

    /** Starts to report; a provider whose reports cannot be made says so in its log and goes on without. */
    public Telemetry start() {
        if (!hasTraces() && metrics.equals(NONE)) {
            return Telemetry.NOTHING;
        }
        try {
            return (Telemetry) Class.forName(IMPLEMENTATION)
                    .getMethod("start", TelemetryOptions.class)
                    .invoke(null, this);
        } catch (InvocationTargetException e) {
            LOG.error("reporting no traces and metrics: {}; check their settings and variables", Causes.reason(e));
            LOG.debug("the cause", e);
        } catch (ReflectiveOperationException e) {
            LOG.error("reporting no traces and metrics: this build is without OpenTelemetry", e);
        }
        return Telemetry.NOTHING;
    }

    @Override
    public String toString() {
        return "TelemetryOptions[traces " + traces + ", metrics " + metrics + "]";
    }
}
