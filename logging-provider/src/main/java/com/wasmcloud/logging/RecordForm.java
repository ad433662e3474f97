package com.wasmcloud.logging;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.LogRecordBuilder;
import io.opentelemetry.api.logs.Logger;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.sdk.logs.LogRecordProcessor;
import io.opentelemetry.sdk.logs.ReadWriteLogRecord;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.resources.Resource;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes a line a log record of OpenTelemetry, whose service is the actor. The SDK makes the record, which then comes back
 * here instead of going its way: it is delivered like every other line. Thread-safe.
 */
final class RecordForm implements Function<LogLine, LogRecordData> {
    private static final String SCOPE = "com.wasmcloud.logging";
    private static final AttributeKey<String> SERVICE = AttributeKey.stringKey("service.name");
    private static final AttributeKey<String> ACTOR = AttributeKey.stringKey("wasmcloud.actor.id");
    private static final AttributeKey<String> LINK = AttributeKey.stringKey("wasmcloud.link.name");
    private static final AttributeKey<String> TARGET = AttributeKey.stringKey("target");
    private static final AttributeKey<String> UNKNOWN_LEVEL = AttributeKey.stringKey("unknown_level");
    private static final AttributeKey<Long> CUT = AttributeKey.longKey("cut");

    private static final ContextKey<Slot> SLOT = ContextKey.named("slot");

    private final Logger logger;

    /** Where a record lands. */
    private static final class Slot {
        private @Nullable LogRecordData made;
    }

    private static final class ToSlot implements LogRecordProcessor {
        @Override
        public void onEmit(Context context, ReadWriteLogRecord made) {
            Slot slot = context.get(SLOT);
            if (slot != null) {
                slot.made = made.toLogRecordData();
            }
        }
    }

    /** @param service what the actor is called in telemetry */
    RecordForm(String service) {
        logger = SdkLoggerProvider.builder()
                .setResource(Resource.getDefault().merge(Resource.create(Attributes.of(SERVICE, service))))
                .addLogRecordProcessor(new ToSlot())
                .build()
                .get(SCOPE);
    }

    @Override
    public LogRecordData apply(LogLine line) {
        Slot slot = new Slot();
        Context context = line.trace().map(RecordForm::context).orElseGet(Context::root);
        LogRecordBuilder builder = logger.logRecordBuilder()
                .setContext(context.with(SLOT, slot))
                .setTimestamp(line.time())
                .setObservedTimestamp(line.time())
                .setSeverity(severity(line.severity()))
                .setSeverityText(line.severity().name())
                .setBody(line.text());
        if (!line.actor().isEmpty()) {
            builder.setAttribute(ACTOR, line.actor()).setAttribute(LINK, line.link());
        }
        line.topic().ifPresent(topic -> builder.setAttribute(TARGET, topic));
        line.unknownLevel().ifPresent(level -> builder.setAttribute(UNKNOWN_LEVEL, level));
        if (line.cut() > 0) {
            builder.setAttribute(CUT, (long) line.cut());
        }
        builder.emit();
        return Objects.requireNonNull(slot.made, "the SDK made no record");
    }

    private static Context context(LogLine.Trace trace) {
        return Context.root()
                .with(Span.wrap(SpanContext.create(
                        trace.traceId(),
                        trace.spanId(),
                        TraceFlags.fromHex(trace.flags(), 0),
                        TraceState.getDefault())));
    }

    private static io.opentelemetry.api.logs.Severity severity(Severity severity) {
        return io.opentelemetry.api.logs.Severity.valueOf(severity.name());
    }
}
