package com.wasmcloud.provider.telemetry.otel;

import com.wasmcloud.provider.telemetry.Telemetry.Metric;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;
import java.util.function.Consumer;

/** Numbers that are asked for when they are due. */
final class Gauges {
    private Gauges() {}

    @SuppressWarnings("CheckReturnValue") // what is built lives as long as the meter
    static void observe(Meter meter, Metric metric, Consumer<ObservableLongMeasurement> observer) {
        if (metric.growing()) {
            meter.counterBuilder(metric.name())
                    .setUnit(metric.unit())
                    .setDescription(metric.description())
                    .buildWithCallback(observer);
        } else {
            meter.gaugeBuilder(metric.name())
                    .ofLongs()
                    .setUnit(metric.unit())
                    .setDescription(metric.description())
                    .buildWithCallback(observer);
        }
    }
}
