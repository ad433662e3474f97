package com.wasmcloud.httpserver;

import com.wasmcloud.provider.settings.Settings;
import java.time.Duration;
import java.util.Optional;

/**
 * What the listener of an address is like: the same for all links that share the address.
 *
 * @param maxHeaderBytes the most that the headers of a request may have
 */
record ServerSettings(Optional<TlsSettings> tls, int maxHeaderBytes, ClientLimits clients) {
    /**
     * How much a client may ask of us before it has sent a request.
     *
     * @param maxConnections open at a time; more are closed at once
     * @param idle how long a connection may stay open without a request
     * @param read how long a client may take for its first request's head, and for each 32 KiB of a body
     */
    record ClientLimits(int maxConnections, Duration idle, Duration read) {}

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
