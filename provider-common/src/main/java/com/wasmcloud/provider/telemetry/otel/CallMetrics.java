package com.wasmcloud.provider.telemetry.otel;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.LongUpDownCounter;
import io.opentelemetry.api.metrics.Meter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How many calls of one kind there were and are, how many failed, and how long they took, by operation. Thread-safe. */
final class CallMetrics {
    private static final AttributeKey<String> OPERATION = AttributeKey.stringKey("wasmcloud.operation");
    private static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");
    private static final double NANOS = 1e9;
    /** In seconds: a call takes a few hundred microseconds, one through the object store many seconds. */
    private static final List<Double> LIMITS = List.of(
            0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0);

    private final LongCounter calls;
    private final LongCounter errors;
    private final LongUpDownCounter inFlight;
    private final DoubleHistogram duration;
    /** One for each operation, of which there are few. */
    private final Map<String, Attributes> operations = new ConcurrentHashMap<>();

    /**
     * @param prefix of the names
     * @param what they are, for the descriptions
     */
    CallMetrics(Meter meter, String prefix, String what) {
        calls = meter.counterBuilder(prefix + ".calls")
                .setUnit("{call}")
                .setDescription(what)
                .build();
        errors = meter.counterBuilder(prefix + ".errors")
                .setUnit("{call}")
                .setDescription(what + " that failed")
                .build();
        inFlight = meter.upDownCounterBuilder(prefix + ".in_flight")
                .setUnit("{call}")
                .setDescription(what + " that are not over yet")
                .build();
        duration = meter.histogramBuilder(prefix + ".duration")
                .setUnit("s")
                .setDescription("How long it took: " + what)
                .setExplicitBucketBoundariesAdvice(LIMITS)
                .build();
    }

    /** A call begins; what is returned takes the kind of its failure, null for none, when it ends. */
    Consumer<@Nullable String> begin(String operation) {
        long begin = System.nanoTime();
        Attributes attributes = operations.computeIfAbsent(operation, name -> Attributes.of(OPERATION, name));
        inFlight.add(1, attributes);
        return error -> {
            inFlight.add(-1, attributes);
            calls.add(1, attributes);
            duration.record((System.nanoTime() - begin) / NANOS, attributes);
            if (error != null) {
                errors.add(1, Attributes.of(OPERATION, operation, ERROR_TYPE, error));
            }
        };
    }
}
