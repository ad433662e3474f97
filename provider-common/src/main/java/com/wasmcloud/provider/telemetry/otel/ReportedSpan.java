package com.wasmcloud.provider.telemetry.otel;

import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.provider.support.Causes;
import com.wasmcloud.provider.telemetry.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A span of OpenTelemetry, with whatever else wants to know how the work ended. */
final class ReportedSpan implements Span {
    private static final String ERROR_TYPE = "error.type";

    private final io.opentelemetry.api.trace.Span span;
    /** Gets the kind of failure, null when there was none. */
    private final Consumer<@Nullable String> outcome;

    ReportedSpan(io.opentelemetry.api.trace.Span span, Consumer<@Nullable String> outcome) {
        this.span = span;
        this.outcome = outcome;
    }

    @Override
    public Map<String, String> context(Map<String, String> otherwise) {
        return span.getSpanContext().isValid() ? TraceContexts.write(span) : otherwise;
    }

    @Override
    public Span attribute(String name, String value) {
        span.setAttribute(name, value);
        return this;
    }

    @Override
    public Span attribute(String name, long value) {
        span.setAttribute(name, value);
        return this;
    }

    @Override
    public void end(@Nullable Throwable failure) {
        if (failure == null) {
            end((String) null);
        } else {
            // its text may repeat what somebody else has sent, so only its kind is reported
            fail(kind(Causes.unwrap(failure)));
        }
    }

    @Override
    public void fail(String kind) {
        span.setStatus(StatusCode.ERROR).setAttribute(ERROR_TYPE, kind);
        end(kind);
    }

    private void end(@Nullable String kind) {
        span.end();
        outcome.accept(kind);
    }

    private static String kind(Throwable cause) {
        return cause instanceof RpcException rpc
                ? rpc.code().name().toLowerCase(Locale.ROOT)
                : cause.getClass().getName();
    }

    @Override
    public <T> CompletionStage<T> until(CompletionStage<T> work) {
        return work.whenComplete((result, failure) -> end(failure));
    }
}
