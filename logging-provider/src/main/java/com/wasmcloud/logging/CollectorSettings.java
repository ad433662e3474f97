package com.wasmcloud.logging;

import com.wasmcloud.provider.settings.Secret;
import com.wasmcloud.provider.settings.Settings;
import com.wasmcloud.provider.settings.Variables;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads where a collector is: from the link, or from the variables that OpenTelemetry has for it. */
final class CollectorSettings {
    private static final String LOGS = "/v1/logs";
    private static final URI DEFAULT = URI.create("http://localhost:4318" + LOGS);
    private static final String GENERAL_ENDPOINT = "otel_exporter_otlp_endpoint";
    private static final String LOGS_ENDPOINT = "otel_exporter_otlp_logs_endpoint";
    private static final String HEADERS = "otel_exporter_otlp_headers";

    /** The variables, as settings of the same names. */
    static final Variables VARIABLES = new Variables(Stream.of(GENERAL_ENDPOINT, LOGS_ENDPOINT, HEADERS)
            .map(key -> Map.entry(key.toUpperCase(Locale.ROOT), key))
            .toList());

    private CollectorSettings() {}

    /** Headers of the environment are for the collector of the environment alone. */
    static Destination.Collector from(Settings settings) {
        Optional<Secret> headers = headers(settings);
        Optional<Secret> headersOfEnvironment = settings.secret(HEADERS);
        Duration timeout = settings.millis("otlp_timeout_ms", Duration.ofSeconds(10));
        URI general = endpoint(settings, GENERAL_ENDPOINT, true, DEFAULT);
        URI environment = endpoint(settings, LOGS_ENDPOINT, false, general);
        if (settings.has("otlp_endpoint")) {
            URI own = endpoint(settings, "otlp_endpoint", true, DEFAULT);
            return new Destination.Collector(own, headers.orElse(new Secret("")), timeout);
        }
        return new Destination.Collector(
                environment, headers.or(() -> headersOfEnvironment).orElse(new Secret("")), timeout);
    }

    private static Optional<Secret> headers(Settings settings) {
        Optional<Secret> headers = settings.secret("otlp_headers");
        if (headers.isPresent() && !areHeaders(headers.get().reveal())) {
            settings.problem("otlp_headers", "must be name=value pairs with commas between them");
        }
        return headers;
    }

    private static URI endpoint(Settings settings, String key, boolean general, URI byDefault) {
        return settings.parsedSecret(key, byDefault, text -> endpoint(text, general));
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
