package com.wasmcloud.provider.telemetry.otel;

import com.wasmcloud.provider.logs.LogSetup;
import com.wasmcloud.provider.support.RareLog;
import com.wasmcloud.provider.support.Threads;
import com.wasmcloud.provider.telemetry.TelemetryOptions;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.resources.ResourceBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Makes OpenTelemetry's development kit from its standard variables. */
final class SdkSetup {
    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(SdkSetup.class);
    private static final String PROTOCOL = "http/protobuf";
    /** Says of each failed export what {@link LossReport} says once in a while. */
    private static final String CHATTER = "io.opentelemetry.exporter.internal.http.HttpExporter";
    /** Says before each export, which may be many times a second, how many spans were one too many. Held, or forgotten. */
    private static final Logger OVERFLOW = Logger.getLogger("io.opentelemetry.sdk.trace.export.BatchSpanProcessor");

    private SdkSetup() {}

    static OpenTelemetrySdk sdk(TelemetryOptions options) {
        LogSetup.quieten(CHATTER, Level.OFF);
        RareLog overflow = new RareLog(LOG, Duration.ofMinutes(1));
        OVERFLOW.setFilter(line -> overflow.isDue());
        LossReport losses = new LossReport();
        OpenTelemetrySdk sdk = AutoConfiguredOpenTelemetrySdk.builder()
                .setComponentLoader(new AnyHost())
                .disableShutdownHook()
                .addPropertiesCustomizer(read -> overrides(options))
                .addResourceCustomizer((resource, properties) -> identified(resource, properties, options))
                .addSpanExporterCustomizer((exporter, properties) -> losses.watching(exporter))
                .addMetricExporterCustomizer((exporter, properties) -> losses.watching(exporter))
                .build()
                .getOpenTelemetrySdk();
        Threads.daemons("reports").newThread(losses::rehearse).start();
        return sdk;
    }

    /** All that counts; the kit reads the environment on its own, and takes an empty variable for a value. */
    @SuppressWarnings("NullAway") // null takes a property away
    private static Map<String, String> overrides(TelemetryOptions options) {
        Map<String, @Nullable String> properties = new HashMap<>();
        System.getenv().keySet().stream()
                .filter(name -> name.startsWith(TelemetryOptions.PREFIX))
                .forEach(name -> properties.put(TelemetryOptions.property(name), null));
        properties.putAll(options.properties());
        properties.put("otel.traces.exporter", options.traces());
        properties.put("otel.metrics.exporter", options.metrics());
        properties.put("otel.logs.exporter", "none");
        for (String signal : new String[] {"", "traces.", "metrics."}) {
            String name = "otel.exporter.otlp." + signal + "protocol";
            String wanted = properties.put(name, PROTOCOL);
            if (wanted != null && !wanted.equals(PROTOCOL)) {
                LOG.warn("sending OTLP as {}, not as {}; the endpoint must take that", PROTOCOL, wanted);
            }
        }
        return properties;
    }

    /** Variables come before what we know of ourselves. */
    private static Resource identified(Resource resource, ConfigProperties properties, TelemetryOptions options) {
        Map<String, String> chosen = properties.getMap("otel.resource.attributes");
        ResourceBuilder identified = resource.toBuilder();
        options.identity().forEach((name, value) -> {
            boolean named = name.equals("service.name") && properties.getString("otel.service.name") != null;
            if (!named && !chosen.containsKey(name)) {
                identified.put(name, value);
            }
        });
        return identified.build();
    }
}
