package com.wasmcloud.logging;

import com.wasmcloud.provider.settings.Secret;
import com.wasmcloud.provider.support.Causes;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporterBuilder;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.resources.Resource;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Log records for an OpenTelemetry collector; the collector has them when it has answered a request with success. */
final class CollectorOutput implements Output {
    /** What the exporter says of each failure, the delivery says once. */
    private static final Logger EXPORTER_LOG = Logger.getLogger("io.opentelemetry.exporter");

    private static final AttributeKey<String> SERVICE = AttributeKey.stringKey("service.name");
    private static final int MOST_RESOURCES = 1000;
    private static final Duration GRACE = Duration.ofSeconds(1);
    private static final int BAD_REQUEST = 400;
    private static final int TOO_LARGE = 413;

    private final Duration timeout;
    private final OtlpHttpLogRecordExporter exporter;
    private final KeptAnswer answer;
    private final Map<String, Resource> resources = new HashMap<>();

    private CollectorOutput(Duration timeout, OtlpHttpLogRecordExporter exporter, KeptAnswer answer) {
        this.timeout = timeout;
        this.exporter = exporter;
        this.answer = answer;
    }

    static CollectorOutput of(URI endpoint, Secret headers, Duration timeout) {
        EXPORTER_LOG.setLevel(Level.OFF);
        KeptAnswer answer = new KeptAnswer();
        OtlpHttpLogRecordExporterBuilder builder = OtlpHttpLogRecordExporter.builder()
                .setEndpoint(endpoint.toString())
                .setTimeout(timeout)
                .setConnectTimeout(timeout)
                .setComponentLoader(answer)
                .setRetryPolicy(null);
        for (String header : headers.reveal().split(",", -1)) {
            int equals = header.indexOf('=');
            if (equals > 0) {
                builder.addHeader(
                        header.substring(0, equals).strip(),
                        header.substring(equals + 1).strip());
            }
        }
        return new CollectorOutput(timeout, builder.build(), answer);
    }

    /** Sends a request without records: whether the collector is there is known before the first line comes. */
    @Override
    public void open() throws IOException {
        try {
            send(List.of());
        } catch (RefusedException e) {
            // it is there, and wants no empty requests
        }
    }

    @Override
    public int write(List<Entry> entries) throws IOException {
        send(entries.stream().<LogRecordData>map(this::logRecord).toList());
        return entries.size();
    }

    private ActorLogRecord logRecord(Entry entry) {
        if (resources.size() > MOST_RESOURCES) {
            resources.clear();
        }
        return ActorLogRecord.of(
                entry.line(), resources.computeIfAbsent(entry.style().service(), CollectorOutput::resource));
    }

    private static Resource resource(String service) {
        return Resource.getDefault().merge(Resource.create(Attributes.of(SERVICE, service)));
    }

    private void send(List<LogRecordData> records) throws IOException {
        answer.forget();
        CompletableResultCode result =
                exporter.export(records).join(timeout.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
        if (!result.isDone()) {
            throw new IOException("it did not answer within " + timeout.toMillis() + " ms");
        }
        if (!result.isSuccess()) {
            throw explained(answer.status(), result.getFailureThrowable());
        }
    }

    private static IOException explained(OptionalInt status, @Nullable Throwable failure) {
        if (status.isPresent()) {
            String reason = "it answered with HTTP status " + status.getAsInt();
            return status.getAsInt() == BAD_REQUEST || status.getAsInt() == TOO_LARGE
                    ? new RefusedException(reason)
                    : new IOException(reason, failure);
        }
        Throwable cause = failure == null || failure.getCause() == null ? failure : failure.getCause();
        if (cause == null) {
            return new IOException("the request failed");
        }
        if (cause instanceof ConnectException) {
            return new IOException("it cannot be reached", cause);
        }
        String text = Causes.text(cause);
        return new IOException(text, cause);
    }

    @Override
    public void close() {
        exporter.shutdown();
    }
}
