package com.wasmcloud.provider;

import com.wasmcloud.provider.settings.Settings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Settings that every provider has, in the object {@code provider} of its start-up configuration.
 *
 * @param maxCalls calls in flight in the whole process
 * @param maxCallsPerLink calls in flight of one actor
 * @param maxCallBytes bytes of arguments in flight in the whole process
 * @param largestPayload the most bytes of one argument or result that comes through the object store
 * @param natsCaFile certificate authorities of the NATS server, in PEM
 * @param telemetry variables of OpenTelemetry that count instead of those in the environment; one may be a secret
 */
record RuntimeSettings(
        int maxCalls,
        int maxCallsPerLink,
        int maxCallBytes,
        int largestPayload,
        Optional<Path> natsCaFile,
        Map<String, String> telemetry) {
    private static final int LARGEST_PORT = 65535;
    private static final Map<String, String> TELEMETRY = Map.of(
            "provider.traces_exporter", "OTEL_TRACES_EXPORTER",
            "provider.metrics_exporter", "OTEL_METRICS_EXPORTER",
            "provider.otlp_endpoint", "OTEL_EXPORTER_OTLP_ENDPOINT",
            "provider.otlp_headers", "OTEL_EXPORTER_OTLP_HEADERS");

    /** What is fetched is in memory twice while it is put together, and others want their share. */
    private static int quarterOfHeap() {
        return (int) Math.max(
                1024 * 1024, Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / 4));
    }

    static RuntimeSettings from(Settings settings) {
        return new RuntimeSettings(
                settings.number("provider.max_calls", 1024, 1, 1_000_000),
                settings.number("provider.max_calls_per_link", 1024, 1, 1_000_000),
                settings.number("provider.max_call_bytes", 64 * 1024 * 1024, 1024 * 1024, Integer.MAX_VALUE),
                settings.number("provider.largest_payload_bytes", quarterOfHeap(), 1024 * 1024, Integer.MAX_VALUE),
                settings.file("provider.nats_ca_file"),
                telemetry(settings));
    }

    private static Map<String, String> telemetry(Settings settings) {
        Map<String, String> variables = new LinkedHashMap<>();
        TELEMETRY.forEach((key, variable) -> settings.text(key).ifPresent(value -> variables.put(variable, value)));
        variables.putAll(settings.parsed("provider.prometheus_address", Map.of(), RuntimeSettings::prometheus));
        return variables;
    }

    private static Map<String, String> prometheus(String address) {
        int colon = address.lastIndexOf(':');
        String port = address.substring(colon + 1);
        if (colon < 1 || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > LARGEST_PORT) {
            throw new IllegalArgumentException("must be host:port, such as 127.0.0.1:9464");
        }
        return Map.of(
                "OTEL_EXPORTER_PROMETHEUS_HOST", address.substring(0, colon), "OTEL_EXPORTER_PROMETHEUS_PORT", port);
    }
}
