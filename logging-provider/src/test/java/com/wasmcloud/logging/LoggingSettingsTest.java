package com.wasmcloud.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.wasmcloud.provider.settings.Secret;
import com.wasmcloud.provider.settings.SettingsException;
import com.wasmcloud.provider.settings.Sources;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoggingSettingsTest {
    private static final Bounds BOUNDS = new Bounds(10_000, 16 * 1024 * 1024, Duration.ofSeconds(1));

    @Test
    void hasDefaults() {
        assertThat(of())
                .isEqualTo(new LoggingSettings(
                        Severity.TRACE,
                        new LineStyle(LineFormat.TEXT, "MACTOR"),
                        new Destination.StandardError(),
                        new FileLimits(10 * 1024 * 1024, Duration.ZERO, 5, false),
                        16 * 1024,
                        BOUNDS,
                        true));
    }

    @Test
    void linesLookAsTheLinkSaysAndElseAsTheHostWants() {
        assertThat(of(LineFormat.JSON).style().format()).isEqualTo(LineFormat.JSON);
        assertThat(of(LineFormat.JSON, "format", "text").style().format()).isEqualTo(LineFormat.TEXT);
    }

    @Test
    void aPathAloneMeansAFile() {
        assertThat(of("Path", "/var/log/../log/actors.log").destination())
                .isEqualTo(new Destination.File(Path.of("/var/log/actors.log")));
    }

    @Test
    void takesEverySetting() {
        assertThat(of(
                        "LEVEL", "Warning",
                        "format", "JSON",
                        "target", "File",
                        "path", "/a/b",
                        "rotate_bytes", "1000",
                        "rotate_minutes", "1440",
                        "keep", "0",
                        "fsync", "true",
                        "max_text", "7",
                        "queue_entries", "8",
                        "queue_bytes", "4096",
                        "wait_ms", "9",
                        "service_name", "shop",
                        "report_failures", "false"))
                .isEqualTo(new LoggingSettings(
                        Severity.WARN,
                        new LineStyle(LineFormat.JSON, "shop"),
                        new Destination.File(Path.of("/a/b")),
                        new FileLimits(1000, Duration.ofDays(1), 0, true),
                        7,
                        new Bounds(8, 4096, Duration.ofMillis(9)),
                        false));
    }

    @Test
    void namesEverythingThatIsWrong() {
        SettingsException refusal = catchThrowableOfType(
                SettingsException.class,
                () -> of(
                        "level", "loud",
                        "format", "xml",
                        "target", "printer",
                        "path", "relative/actors.log",
                        "rotate_bytes", "-1",
                        "keep", "many",
                        "max_text", "0",
                        "wait_ms", "0",
                        "otlp_endpoint", "ftp://host",
                        "report_failures", "maybe"));
        assertThat(refusal.problems())
                .hasSize(10)
                .contains(
                        "setting 'target' must be stderr, file or otlp, not 'printer'",
                        "setting 'format' must be text or json, not 'xml'",
                        "setting 'level' must be trace, debug, info, warn or error, not 'loud'",
                        "setting 'path' must be the absolute path of a file");
    }

    @Test
    void aFileNeedsAPath() {
        assertThatThrownBy(() -> of("target", "file")).hasMessageContaining("'path' must name a file");
        assertThatThrownBy(() -> of("path", "/")).hasMessageContaining("'path' must be the absolute path of a file");
    }

    @ParameterizedTest
    @CsvSource({
        "http://c:4318,http://c:4318/v1/logs",
        "https://c/,https://c/v1/logs",
        "http://otel_collector:4318,http://otel_collector:4318/v1/logs",
        "http://c:4318/otlp/v1/logs,http://c:4318/otlp/v1/logs"
    })
    void aCollectorIsAUrl(String setting, String endpoint) {
        assertThat(of("target", "otlp", "otlp_endpoint", setting, "otlp_headers", "a=b, c=d=e")
                        .destination())
                .isEqualTo(new Destination.Collector(
                        URI.create(endpoint), new Secret("a=b, c=d=e"), Duration.ofSeconds(10)));
    }

    @Test
    void noSecretOfACollectorIsShown() {
        assertThatThrownBy(() -> of("otlp_endpoint", "http://user:geheim@c", "otlp_headers", "geheim"))
                .hasMessageContaining("must not hold credentials")
                .hasMessageContaining("'otlp_headers' must be name=value pairs")
                .hasMessageNotContaining("geheim");
        assertThat(of("target", "otlp", "otlp_headers", "a=geheim").toString()).doesNotContain("geheim");
    }

    @Test
    void theEnvironmentNamesACollectorAndItsHeadersGoNowhereElse() {
        Map<String, String> environment = Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT", "http://general:4318/",
                "OTEL_EXPORTER_OTLP_HEADERS", "token=geheim");
        assertThat(collector(environment, Map.of()))
                .isEqualTo(new Destination.Collector(
                        URI.create("http://general:4318/v1/logs"), new Secret("token=geheim"), Duration.ofSeconds(10)));
        assertThat(collector(environment, Map.of("otlp_endpoint", "http://other"))
                        .headers()
                        .isBlank())
                .isTrue();

        Map<String, String> logs = new HashMap<>(environment);
        logs.put("OTEL_EXPORTER_OTLP_LOGS_ENDPOINT", "http://logs/as/it/is");
        assertThat(collector(logs, Map.of()).endpoint()).hasToString("http://logs/as/it/is");

        assertThatThrownBy(() -> collector(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4318"), Map.of()))
                .hasMessageContaining("'otel_exporter_otlp_endpoint' must be an http:// or https:// URL");

        assertThat(collector(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", ""), Map.of())
                        .endpoint())
                .hasToString("http://localhost:4318/v1/logs");
    }

    private static Destination.Collector collector(Map<String, String> environment, Map<String, String> values) {
        return Sources.ofLink(values)
                .over(Sources.ofEnvironment(environment, CollectorSettings.VARIABLES))
                .read(CollectorSettings::from);
    }

    private static LoggingSettings of(String... keysAndValues) {
        return of(LineFormat.TEXT, keysAndValues);
    }

    private static LoggingSettings of(LineFormat byDefault, String... keysAndValues) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            values.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return LoggingSettings.of(Sources.ofLink(values), "MACTOR", byDefault);
    }
}
