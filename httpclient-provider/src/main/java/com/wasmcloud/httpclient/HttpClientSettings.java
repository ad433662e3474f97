package com.wasmcloud.httpclient;

import com.wasmcloud.httpclient.access.AccessRules;
import com.wasmcloud.provider.Link;
import com.wasmcloud.provider.settings.Settings;
import com.wasmcloud.provider.settings.Sources;
import com.wasmcloud.provider.settings.Variables;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a link is set up with. An immutable value that prints no secret. */
record HttpClientSettings(
        AccessRules access, Tls tls, Optional<ProxySettings> proxy, Timeouts timeouts, Limits limits, Manners manners) {
    private static final int MIB = 1 << 20;

    /** The names that the environment of the process has for settings. */
    private static final Variables VARIABLES = new Variables(List.of(
            Map.entry("HTTPS_PROXY", "proxy"),
            Map.entry("HTTP_PROXY", "proxy"),
            Map.entry("ALL_PROXY", "proxy"),
            Map.entry("NO_PROXY", "no_proxy")));

    /**
     * Files in PEM.
     *
     * @param authorities who may sign the certificates of servers; those that Java trusts when empty
     * @param certificate what is shown to servers that ask for one
     */
    record Tls(Optional<Path> authorities, Optional<Path> certificate, Optional<Path> key) {
        private static Tls from(Settings settings) {
            Tls tls = new Tls(
                    settings.certificates("tls_ca_file"),
                    settings.certificates("tls_cert_file"),
                    settings.file("tls_key_file"));
            if (settings.has("tls_cert_file") != settings.has("tls_key_file")) {
                settings.problem(
                        settings.has("tls_cert_file") ? "tls_cert_file" : "tls_key_file",
                        "must come with the other of tls_cert_file and tls_key_file");
            }
            return tls;
        }

        /** Whether there are files. */
        boolean any() {
            return authorities.isPresent() || certificate.isPresent();
        }
    }

    /**
     * How long things may take.
     *
     * @param connect for a connection, and again for its TLS
     * @param idle without a byte from the server
     * @param request for a whole call, with all its redirects and attempts
     * @param keepAlive how long a connection that nobody uses is kept
     */
    record Timeouts(Duration connect, Duration idle, Duration request, Duration keepAlive) {
        private static Timeouts from(Settings settings) {
            return new Timeouts(
                    settings.millis("connect_timeout_ms", Duration.ofSeconds(5)),
                    settings.millis("idle_timeout_ms", Duration.ofSeconds(30)),
                    settings.millis("request_timeout_ms", Duration.ofSeconds(60)),
                    settings.millis("keep_alive_ms", Duration.ofSeconds(20)));
        }
    }

    /**
     * How large things may be.
     *
     * @param requestBytes of a body
     * @param responseBytes of a body, as it arrives and once more when it is decompressed
     * @param headerBytes of all headers of a response
     * @param connections to one server at a time
     */
    record Limits(int requestBytes, int responseBytes, int headerBytes, int connections) {
        private static Limits from(Settings settings) {
            return new Limits(
                    settings.number("max_request_bytes", 64 * MIB, 0, Integer.MAX_VALUE - 1024),
                    settings.number("max_response_bytes", 64 * MIB, 0, Integer.MAX_VALUE - 1024),
                    settings.number("max_header_bytes", 64 * 1024, 1024, MIB),
                    settings.number("max_connections_per_host", 64, 1, 10_000));
        }
    }

    /**
     * What is done without being asked.
     *
     * @param redirects how many are followed, 0 to leave them to the actor
     * @param attempts how often a request is sent at the most
     * @param traceHeaders whether servers get the trace context of a call
     */
    record Manners(int redirects, int attempts, boolean decompress, boolean http2, boolean traceHeaders) {
        private static Manners from(Settings settings) {
            return new Manners(
                    settings.number("max_redirects", 10, 0, 100),
                    settings.number("max_attempts", 3, 1, 10),
                    settings.flag("decompress", true),
                    settings.flag("http2", true),
                    settings.flag("trace_headers", true));
        }
    }

    /**
     * Reads the settings of a link.
     *
     * @throws com.wasmcloud.provider.settings.SettingsException with everything that is wrong
     */
    static HttpClientSettings of(Link link) {
        return of(link.settings(), System.getenv());
    }

    /** The same for other settings and another environment of the process. */
    static HttpClientSettings of(Sources sources, Map<String, String> environment) {
        return sources.over(Sources.ofEnvironment(environment, VARIABLES))
                .read(settings -> new HttpClientSettings(
                        AccessRules.from(settings),
                        Tls.from(settings),
                        ProxySettings.from(settings),
                        Timeouts.from(settings),
                        Limits.from(settings),
                        Manners.from(settings)));
    }
}
