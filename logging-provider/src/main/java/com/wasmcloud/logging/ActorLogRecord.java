package com.wasmcloud.logging;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.logs.data.Body;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.resources.Resource;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * A line as an OpenTelemetry log record. An immutable value.
 *
 * @param resource names the actor as the service
 * @param attributes what a line has beside its text and level
 */
record ActorLogRecord(LogLine line, Resource resource, Attributes attributes) implements LogRecordData {
    private static final InstrumentationScopeInfo SCOPE = InstrumentationScopeInfo.create("com.wasmcloud.logging");
    private static final AttributeKey<String> ACTOR = AttributeKey.stringKey("wasmcloud.actor.id");
    private static final AttributeKey<String> LINK = AttributeKey.stringKey("wasmcloud.link.name");
    private static final AttributeKey<String> TARGET = AttributeKey.stringKey("target");
    private static final AttributeKey<String> UNKNOWN_LEVEL = AttributeKey.stringKey("unknown_level");
    private static final AttributeKey<Long> CUT = AttributeKey.longKey("cut");

    static ActorLogRecord of(LogLine line, Resource resource) {
        AttributesBuilder attributes = Attributes.builder();
        if (!line.actor().isEmpty()) {
            attributes.put(ACTOR, line.actor()).put(LINK, line.link());
        }
        line.topic().ifPresent(topic -> attributes.put(TARGET, topic));
        line.unknownLevel().ifPresent(level -> attributes.put(UNKNOWN_LEVEL, level));
        if (line.cut() > 0) {
            attributes.put(CUT, (long) line.cut());
        }
        return new ActorLogRecord(line, resource, attributes.build());
    }

    @Override
    public Resource getResource() {
        return resource;
    }

    @Override
    public InstrumentationScopeInfo getInstrumentationScopeInfo() {
        return SCOPE;
    }

    @Override
    public long getTimestampEpochNanos() {
        Instant time = line.time();
        return TimeUnit.SECONDS.toNanos(time.getEpochSecond()) + time.getNano();
    }

    @Override
    public long getObservedTimestampEpochNanos() {
        return getTimestampEpochNanos();
    }

    @Override
    public SpanContext getSpanContext() {
        return line.trace()
                .map(trace -> SpanContext.create(
                        trace.traceId(), trace.spanId(), TraceFlags.fromHex(trace.flags(), 0), TraceState.getDefault()))
                .orElseGet(SpanContext::getInvalid);
    }

    @Override
    public Severity getSeverity() {
        return Severity.valueOf(getSeverityText());
    }

    @Override
    public String getSeverityText() {
        return line.severity().name();
    }

    @Override
    public Value<?> getBodyValue() {
        return Value.of(line.text());
    }

    @Override
    @SuppressWarnings("deprecation") // still part of the interface
    public Body getBody() {
        return Body.string(line.text());
    }

    @Override
    public Attributes getAttributes() {
        return attributes;
    }

    @Override
    public int getTotalAttributeCount() {
        return attributes.size();
    }
}
