package com.wasmcloud.provider.telemetry.otel;

import com.wasmcloud.provider.support.Causes;
import com.wasmcloud.provider.support.RareLog;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.MemoryMode;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands before the exporters, and says in the log when reports are lost because nobody takes them, once a minute at the
 * most. Thread-safe.
 */
final class LossReport {
    private static final Logger LOG = LoggerFactory.getLogger(LossReport.class);
    /** Each sends an empty report. */
    private final List<Runnable> rehearsals = new CopyOnWriteArrayList<>();

    private long lost;
    private boolean losing;
    private final RareLog rarely = new RareLog(LOG, Duration.ofMinutes(1));

    SpanExporter watching(SpanExporter exporter) {
        Spans watched = new Spans(exporter);
        rehearsals.add(() -> watched.export(List.of()));
        return watched;
    }

    MetricExporter watching(MetricExporter exporter) {
        Metrics watched = new Metrics(exporter);
        rehearsals.add(() -> watched.export(List.of()));
        return watched;
    }

    /**
     * Sends empty reports: the log then tells at once whether anybody takes them, and the last ones of a provider that is
     * told to stop do not have to wait for connections and for classes to load.
     */
    void rehearse() {
        rehearsals.forEach(Runnable::run);
    }

    private CompletableResultCode watch(CompletableResultCode result, int count) {
        return result.whenComplete(() -> {
            if (result.isSuccess()) {
                arrived();
            } else {
                lost(count, result.getFailureThrowable());
            }
        });
    }

    private synchronized void arrived() {
        if (losing) {
            losing = false;
            LOG.info("traces and metrics are taken again; {} were lost so far", lost);
        }
    }

    private synchronized void lost(int count, @Nullable Throwable why) {
        lost += count;
        losing = true;
        if (rarely.isDue()) {
            String reason = why == null ? "no reason was given" : Causes.reason(why);
            LOG.warn("traces and metrics are not taken ({}); {} were lost so far, calls go on", reason, lost);
        }
    }

    private final class Spans implements SpanExporter {
        private final SpanExporter exporter;

        Spans(SpanExporter exporter) {
            this.exporter = exporter;
        }

        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            return watch(exporter.export(spans), spans.size());
        }

        @Override
        public CompletableResultCode flush() {
            return exporter.flush();
        }

        @Override
        public CompletableResultCode shutdown() {
            return exporter.shutdown();
        }
    }

    private final class Metrics implements MetricExporter {
        private final MetricExporter exporter;

        Metrics(MetricExporter exporter) {
            this.exporter = exporter;
        }

        @Override
        public CompletableResultCode export(Collection<MetricData> metrics) {
            return watch(exporter.export(metrics), metrics.size());
        }

        @Override
        public AggregationTemporality getAggregationTemporality(InstrumentType instrument) {
            return exporter.getAggregationTemporality(instrument);
        }

        @Override
        public Aggregation getDefaultAggregation(InstrumentType instrument) {
            return exporter.getDefaultAggregation(instrument);
        }

        @Override
        public MemoryMode getMemoryMode() {
            return exporter.getMemoryMode();
        }

        @Override
        public CompletableResultCode flush() {
            return exporter.flush();
        }

        @Override
        public CompletableResultCode shutdown() {
            return exporter.shutdown();
        }
    }
}
