package com.wasmcloud.httpserver.settings;

import com.wasmcloud.provider.settings.Settings;
import java.time.Duration;
import java.util.Optional;

/**
 * The settings of a listener, which all links of its address share. An immutable value.
 *
 * @param maxHeaderBytes limit on the headers of a request
 */
public record ServerSettings(Optional<TlsSettings> tls, int maxHeaderBytes, ClientLimits clients) {
    /**
     * Limits on connections and slow clients.
     *
     * @param maxConnections open at a time; further ones are closed at once
     * @param idle how long a connection may stay open without a request
     * @param read how long a client may take for the head of its first request, and for each 32 KiB of a body
     */
    public record ClientLimits(int maxConnections, Duration idle, Duration read) {}

    static ServerSettings from(Settings settings) {
        return new ServerSettings(
                settings.has("tls.cert_file")
                                || settings.has("tls.priv_key_file")
                                || settings.has("tls.pkcs12_file")
                                || settings.has("tls.client_ca_file")
                        ? TlsSettings.from(settings)
                        : Optional.empty(),
                settings.number("max_header_bytes", 64 * 1024, 1024, 1024 * 1024),
                new ClientLimits(
                        settings.number("max_connections", 10_000, 1, 1_000_000),
                        settings.millis("idle_timeout_ms", Duration.ofSeconds(75)),
                        settings.millis("read_timeout_ms", Duration.ofSeconds(30))));
    }
}
