package com.wasmcloud.logging;

import com.wasmcloud.contract.logging.LogEntry;
import com.wasmcloud.contract.logging.Logging;
import com.wasmcloud.provider.Draining;
import com.wasmcloud.provider.Health;
import com.wasmcloud.provider.HealthReporter;
import com.wasmcloud.provider.Link;
import com.wasmcloud.provider.settings.Sources;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The log of one actor. Thread-safe; never blocks. */
final class LogLink implements Logging, HealthReporter, Draining {
    private final Link link;
    private final LoggingSettings settings;
    private final Target target;

    private LogLink(Link link, LoggingSettings settings, Target target) {
        this.link = link;
        this.settings = settings;
        this.target = target;
    }

    /**
     * Opens a link.
     *
     * @throws com.wasmcloud.provider.settings.SettingsException with everything that is wrong with its settings
     */
    static LogLink open(Link link, Targets targets) {
        LineFormat hosts = link.structuredLogging() ? LineFormat.JSON : LineFormat.TEXT;
        Sources sources = link.settings().over(Sources.ofEnvironment(System.getenv(), CollectorSettings.VARIABLES));
        LoggingSettings settings = LoggingSettings.of(sources, link.peer(), hosts);
        return new LogLink(link, settings, targets.open(settings, link.memory()));
    }

    @Override
    public CompletionStage<Void> writeLog(LogEntry entry) {
        LogLine.Origin origin = new LogLine.Origin(link.peer(), link.name(), link.traceParent());
        LogLine line = LogLine.of(Instant.now(), origin, entry, settings.longestText());
        if (line.severity().compareTo(settings.least()) < 0) {
            return CompletableFuture.completedFuture(null);
        }
        CompletionStage<Void> written = target.write(line);
        return settings.failuresShown() ? written : written.exceptionally(failure -> null);
    }

    @Override
    public Health health() {
        return target.health();
    }

    @Override
    public CompletionStage<?> drain(Duration patience) {
        return target.flush();
    }

    @Override
    public void close() {
        target.close();
    }
}
