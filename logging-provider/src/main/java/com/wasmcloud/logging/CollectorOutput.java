package com.wasmcloud.logging;

import io.opentelemetry.exporter.internal.FailedExportException.HttpExportException;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporterBuilder;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Log records for a collector of OpenTelemetry; the collector has them when it has answered a request with success. */
final class CollectorOutput implements Output<LogRecordData> {
    /** What the exporter says of each failure, the delivery says once. */
    private static final Logger EXPORTER_LOG = Logger.getLogger("io.opentelemetry.exporter");

    private static final Duration GRACE = Duration.ofSeconds(1);
    private static final int BAD_REQUEST = 400;
    private static final int TOO_LARGE = 413;

    private final Duration timeout;
    private final OtlpHttpLogRecordExporter exporter;

    private CollectorOutput(Duration timeout, OtlpHttpLogRecordExporter exporter) {
        this.timeout = timeout;
        this.exporter = exporter;
    }

    static CollectorOutput of(Destination.Collector collector) {
        EXPORTER_LOG.setLevel(Level.OFF);
        OtlpHttpLogRecordExporterBuilder builder = OtlpHttpLogRecordExporter.builder()
                .setEndpoint(collector.endpoint().toString())
                .setTimeout(collector.timeout())
                .setConnectTimeout(collector.timeout())
                .setRetryPolicy(null);
        for (String header : collector.headers().reveal().split(",", -1)) {
            int equals = header.indexOf('=');
            if (equals > 0) {
                builder.addHeader(
                        header.substring(0, equals).strip(),
                        header.substring(equals + 1).strip());
            }
        }
        return new CollectorOutput(collector.timeout(), builder.build());
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
    public int write(List<LogRecordData> records) throws IOException {
        send(records);
        return records.size();
    }

    private void send(List<LogRecordData> records) throws IOException {
        CompletableResultCode result =
                exporter.export(records).join(timeout.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
        if (!result.isDone()) {
            throw new IOException("it did not answer within " + timeout.toMillis() + " ms");
        }
        if (!result.isSuccess()) {
            throw explained(result.getFailureThrowable());
        }
    }

    private static IOException explained(@Nullable Throwable failure) {
        if (failure instanceof HttpExportException http && http.failedWithResponse()) {
            int status = http.getResponse().getStatusCode();
            String reason = "it answered with HTTP status " + status;
            return status == BAD_REQUEST || status == TOO_LARGE
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
        String text = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new IOException(text, cause);
    }

    @Override
    public void close() {
        exporter.shutdown();
    }
}
