package com.wasmcloud.provider.telemetry.otel;

import com.wasmcloud.provider.support.Threads;
import com.wasmcloud.provider.telemetry.Span;
import com.wasmcloud.provider.telemetry.Telemetry;
import com.wasmcloud.provider.telemetry.TelemetryOptions;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Reports through OpenTelemetry. {@link TelemetryOptions} loads it by name. */
public final class OpenTelemetryReports implements Telemetry {
    private static final String SCOPE = "com.wasmcloud.provider";
    /** What of the identity is on each span of a call too, to be searched for. */
    private static final List<String> ON_CALLS =
            List.of("wasmcloud.lattice", "wasmcloud.provider", "wasmcloud.link", "wasmcloud.contract");

    private final OpenTelemetrySdk sdk;
    private final Tracer tracer;
    private final Meter meter;
    private final Attributes onCalls;
    private final CallMetrics served;
    private final CallMetrics called;
    private final CallMetrics received;
    private final CallMetrics sent;

    private OpenTelemetryReports(OpenTelemetrySdk sdk, TelemetryOptions options) {
        this.sdk = sdk;
        // a tracer without an exporter would still put spans between those of others
        this.tracer = (options.hasTraces() ? sdk.getTracerProvider() : TracerProvider.noop()).get(SCOPE);
        this.meter = sdk.getMeterProvider().get(SCOPE);
        this.onCalls = onCalls(options.identity());
        this.served = new CallMetrics(meter, "wasmcloud.provider", "Calls of this provider by actors");
        this.called = new CallMetrics(meter, "wasmcloud.actor", "Calls of actors by this provider");
        this.received = new CallMetrics(meter, "wasmcloud.request", "Requests from outside the lattice");
        this.sent = new CallMetrics(meter, "wasmcloud.backend", "Requests to the backend");
    }

    /**
     * Starts to report.
     *
     * @throws io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException when the properties cannot be used
     */
    public static Telemetry start(TelemetryOptions options) {
        return new OpenTelemetryReports(SdkSetup.sdk(options), options);
    }

    private static Attributes onCalls(Map<String, String> identity) {
        AttributesBuilder attributes = Attributes.builder();
        ON_CALLS.forEach(name -> attributes.put(name, identity.getOrDefault(name, "")));
        return attributes.build();
    }

    @Override
    public boolean isOn() {
        return true;
    }

    @Override
    public Span served(String operation, String actor, Map<String, String> trace) {
        return call(operation, SpanKind.SERVER, actor, trace, served);
    }

    @Override
    public Span called(String operation, String actor, Map<String, String> trace) {
        return call(operation, SpanKind.CLIENT, actor, trace, called);
    }

    private Span call(String operation, SpanKind kind, String actor, Map<String, String> trace, CallMetrics metrics) {
        SpanBuilder span = tracer.spanBuilder(operation)
                .setSpanKind(kind)
                .setParent(TraceContexts.read(trace))
                .setAllAttributes(onCalls)
                .setAttribute("rpc.method", operation)
                .setAttribute("wasmcloud.actor", actor);
        return new ReportedSpan(span.startSpan(), metrics.begin(operation));
    }

    @Override
    public Span received(String name, Map<String, String> trace, Map<String, String> attributes) {
        return new ReportedSpan(
                plain(name, SpanKind.SERVER, TraceContexts.read(trace), attributes), received.begin(name));
    }

    @Override
    public Span sent(String name, Map<String, String> trace, Map<String, String> attributes) {
        Context parent = TraceContexts.read(trace);
        boolean traced = io.opentelemetry.api.trace.Span.fromContext(parent)
                .getSpanContext()
                .isSampled();
        return new ReportedSpan(
                traced
                        ? plain(name, SpanKind.CLIENT, parent, attributes)
                        : io.opentelemetry.api.trace.Span.getInvalid(),
                sent.begin(name));
    }

    private io.opentelemetry.api.trace.Span plain(
            String name, SpanKind kind, Context parent, Map<String, String> attributes) {
        SpanBuilder span = tracer.spanBuilder(name).setSpanKind(kind).setParent(parent);
        attributes.forEach(span::setAttribute);
        return span.startSpan();
    }

    @Override
    public void gauge(Metric metric, LongSupplier value) {
        Gauges.observe(meter, metric, result -> result.record(value.getAsLong()));
    }

    @Override
    public void gauges(Metric metric, String attribute, Supplier<Map<String, Long>> values) {
        Gauges.observe(meter, metric, result -> values.get()
                .forEach((name, value) -> result.record(
                        value, Attributes.builder().put(attribute, name).build())));
    }

    /** The kit waits on its own for as long as it likes, so it does that on a thread of its own. */
    @Override
    public void close(Duration patience) {
        Thread closing = Threads.daemons("reports").newThread(sdk::close);
        closing.start();
        try {
            closing.join(Math.max(1, patience.toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
