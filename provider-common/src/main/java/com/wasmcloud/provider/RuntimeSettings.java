package com.wasmcloud.provider;

import com.wasmcloud.provider.settings.Settings;
import com.wasmcloud.provider.settings.Sources;
import com.wasmcloud.provider.support.Heap;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Settings that every provider has, in the object {@code provider} of its configuration.
 *
 * @param maxCalls calls in flight that one link alone may have
 * @param maxCallsPerLink calls in flight of one link, however many there may be
 * @param memory bytes of all that waits, that one link alone may have
 * @param maxCallBytes bytes of arguments in flight in the whole process
 * @param largestPayload the most bytes of one argument or result that comes through the object store
 * @param natsCaFile certificate authorities of the NATS server, in PEM
 * @param telemetry variables of OpenTelemetry that count instead of those in the environment; one may be a secret
 */
record RuntimeSettings(
        int maxCalls,
        int maxCallsPerLink,
        long memory,
        long maxCallBytes,
        long largestPayload,
        Optional<Path> natsCaFile,
        Map<String, String> telemetry) {
    private static final int LARGEST_PORT = 65535;
    private static final Map<String, String> TELEMETRY = Map.of(
            "provider.traces_exporter", "OTEL_TRACES_EXPORTER",
            "provider.metrics_exporter", "OTEL_METRICS_EXPORTER",
            "provider.otlp_endpoint", "OTEL_EXPORTER_OTLP_ENDPOINT",
            "provider.otlp_headers", "OTEL_EXPORTER_OTLP_HEADERS");

    private static final int MIB = 1024 * 1024;
    /** The rest is for what the code needs itself, and for what is in memory twice while it is put together. */
    private static final double MEMORY = 0.35;

    private static final double LARGEST_PAYLOAD = 0.25;

    static RuntimeSettings of(Sources configuration) {
        return configuration.only("provider.").read(RuntimeSettings::from);
    }

    static RuntimeSettings from(Settings settings) {
        long memory = settings.number("provider.memory_bytes", heap(MEMORY), MIB, Integer.MAX_VALUE);
        return new RuntimeSettings(
                settings.number("provider.max_calls", 1024, 1, 1_000_000),
                settings.number("provider.max_calls_per_link", 1024, 1, 1_000_000),
                memory,
                settings.number("provider.max_call_bytes", Integer.MAX_VALUE, MIB, Integer.MAX_VALUE),
                Math.min(
                        memory,
                        settings.number(
                                "provider.largest_payload_bytes", heap(LARGEST_PAYLOAD), MIB, Integer.MAX_VALUE)),
                settings.file("provider.nats_ca_file"),
                telemetry(settings));
    }

    private static int heap(double part) {
        return (int) Math.min(Integer.MAX_VALUE, Heap.share(part, MIB));
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
