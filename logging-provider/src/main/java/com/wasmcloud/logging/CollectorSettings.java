package com.wasmcloud.logging;

import com.wasmcloud.provider.settings.Secret;
import com.wasmcloud.provider.settings.Settings;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Reads where a collector is: from the link, or from the variables that OpenTelemetry has for it. */
final class CollectorSettings {
    private static final String LOGS = "/v1/logs";
    private static final URI DEFAULT = URI.create("http://localhost:4318" + LOGS);
    private static final String GENERAL = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private static final String FOR_LOGS = "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT";
    private static final String HEADERS = "OTEL_EXPORTER_OTLP_HEADERS";

    private CollectorSettings() {}

    /** @param environment where a blank value counts as none */
    static Destination.Collector from(Settings settings, Map<String, String> environment) {
        Optional<Secret> headers = settings.secret("otlp_headers");
        Duration timeout = settings.millis("otlp_timeout_ms", Duration.ofSeconds(10));
        headers.ifPresent(secret -> {
            if (!areHeaders(secret.reveal())) {
                settings.problem("otlp_headers", "must be name=value pairs with commas between them");
            }
        });
        if (settings.has("otlp_endpoint")) {
            URI endpoint = settings.parsedSecret("otlp_endpoint", DEFAULT, text -> endpoint(text, true));
            return new Destination.Collector(endpoint, headers.orElse(new Secret("")), timeout);
        }
        URI endpoint = fromEnvironment(settings, environment, FOR_LOGS, false)
                .or(() -> fromEnvironment(settings, environment, GENERAL, true))
                .orElse(DEFAULT);
        // credentials of the environment are for the collector of the environment
        return new Destination.Collector(
                endpoint, headers.orElseGet(() -> new Secret(environment.getOrDefault(HEADERS, ""))), timeout);
    }

    private static Optional<URI> fromEnvironment(
            Settings settings, Map<String, String> environment, String name, boolean general) {
        String text = environment.getOrDefault(name, "").strip();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(endpoint(text, general));
        } catch (IllegalArgumentException e) {
            settings.problem(
                    "otlp_endpoint", "is not given, and the environment variable " + name + " " + e.getMessage());
            return Optional.empty();
        }
    }

    /** @param general whether the path of logs is to be put behind a URL that has none */
    private static URI endpoint(String text, boolean general) {
        URI uri;
        URL url;
        try {
            uri = new URI(text);
            url = uri.toURL(); // takes names of hosts that URI does not, such as my_collector
        } catch (URISyntaxException | MalformedURLException | IllegalArgumentException e) {
            throw new IllegalArgumentException("must be an http:// or https:// URL");
        }
        if (url.getUserInfo() != null) {
            throw new IllegalArgumentException("must not hold credentials; otlp_headers is for them");
        }
        if (url.getHost().isEmpty() || !("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
            throw new IllegalArgumentException("must be an http:// or https:// URL");
        }
        boolean bare = uri.getRawPath() == null
                || uri.getRawPath().isEmpty()
                || uri.getRawPath().equals("/");
        return general && bare ? uri.resolve(LOGS) : uri;
    }

    private static boolean areHeaders(String text) {
        return text.matches("([!-+\\--<>-~]+=[^,\\r\\n]*)(,\\s*[!-+\\--<>-~]+=[^,\\r\\n]*)*");
    }
}
