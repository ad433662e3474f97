package com.wasmcloud.provider.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TelemetryOptionsTest {
    private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private static final String TRACES = "OTEL_TRACES_EXPORTER";
    private static final String METRICS = "OTEL_METRICS_EXPORTER";

    @Test
    void isOffWhenNothingIsSet() {
        assertThat(options(Map.of("PATH", "/bin")).start()).isSameAs(Telemetry.NOTHING);
    }

    @Test
    void takesEmptyForUnset() {
        TelemetryOptions options = options(Map.of(TRACES, "", METRICS, " ", ENDPOINT, ""));

        assertThat(options.start()).isSameAs(Telemetry.NOTHING);
        assertThat(options.properties()).isEmpty();
    }

    @Test
    void isSwitchedOnByAnEndpointAlone() {
        TelemetryOptions options = options(Map.of(ENDPOINT, "http://collector:4318"));

        assertThat(options.traces()).isEqualTo("otlp");
        assertThat(options.metrics()).isEqualTo("otlp");
    }

    @Test
    void hasOnlyWhatIsNamedWhenSomethingIs() {
        TelemetryOptions traces = options(Map.of(TRACES, "otlp", ENDPOINT, "http://collector:4318"));
        TelemetryOptions metrics = options(Map.of(METRICS, "otlp", ENDPOINT, "http://collector:4318"));

        assertThat(traces.traces()).isEqualTo("otlp");
        assertThat(traces.metrics()).isEqualTo("none");
        assertThat(metrics.traces()).isEqualTo("none");
        assertThat(metrics.metrics()).isEqualTo("otlp");
    }

    @Test
    void isOffWhenItIsDisabledOrNoneIsNamed() {
        assertThat(options(Map.of(TRACES, "otlp", "OTEL_SDK_DISABLED", "true")).start())
                .isSameAs(Telemetry.NOTHING);
        assertThat(options(Map.of(TRACES, "none", METRICS, "none", ENDPOINT, "http://collector"))
                        .start())
                .isSameAs(Telemetry.NOTHING);
    }

    @Test
    void takesTheAddressOfTheTracesForThatOfTheCollector() {
        assertThat(options(Map.of(ENDPOINT, "http://collector:4318/v1/traces")).properties())
                .containsEntry("otel.exporter.otlp.endpoint", "http://collector:4318");
        assertThat(options(Map.of(ENDPOINT, "http://collector:4318/otlp")).properties())
                .containsEntry("otel.exporter.otlp.endpoint", "http://collector:4318/otlp");
    }

    @Test
    void takesAnAddressForPrometheusForAWish() {
        Map<String, String> address = Map.of("OTEL_EXPORTER_PROMETHEUS_PORT", "9464");

        assertThat(options(address).metrics()).isEqualTo("prometheus");
        assertThat(TelemetryOptions.of(
                                Map.of(ENDPOINT, "http://collector", "OTEL_EXPORTER_PROMETHEUS_PORT", "9464"), Map.of())
                        .metrics())
                .isEqualTo("otlp,prometheus");
    }

    @Test
    void printsNoHeaders() {
        assertThat(options(Map.of(ENDPOINT, "http://u:hush@collector", "OTEL_EXPORTER_OTLP_HEADERS", "k=hush"))
                        .toString())
                .doesNotContain("hush");
    }

    @Test
    void isOffWhenItCannotBeUsed() {
        assertThat(options(Map.of(TRACES, "jaeger")).start()).isSameAs(Telemetry.NOTHING);
        assertThat(options(Map.of(TRACES, "otlp", ENDPOINT, "collector")).start())
                .isSameAs(Telemetry.NOTHING);
    }

    private static TelemetryOptions options(Map<String, String> environment) {
        return TelemetryOptions.of(environment, Map.of("service.name", "test"));
    }
}
