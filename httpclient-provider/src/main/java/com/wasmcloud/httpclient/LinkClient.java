package com.wasmcloud.httpclient;

import com.wasmcloud.provider.settings.SettingsException;
import com.wasmcloud.provider.support.Causes;
import com.wasmcloud.provider.support.Shared;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http1ClientConfig;
import io.vertx.core.http.Http2ClientConfig;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConfig;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The client of one link, with its connections. Thread-safe; closing it closes the connections. */
final class LinkClient implements AutoCloseable {
    /** So many connections of a link are kept for later; of more, each is closed after its request. */
    private static final int MOST_KEPT = 256;

    private static final int LONGEST_STATUS_LINE = 8 * 1024;
    private static final int HTTP2_CONNECTIONS = 2;

    private final Shared.Use<Vertx> vertx;
    private final HttpClientAgent http;
    private final AtomicInteger connections = new AtomicInteger();

    private LinkClient(Shared.Use<Vertx> vertx, HttpClientSettings settings) {
        this.vertx = vertx;
        ClientSSLOptions tls = tls(settings, vertx.value());
        this.http = vertx.value()
                .httpClientBuilder()
                .with(config(settings))
                .with(tls)
                .with(new PoolOptions()
                        .setHttp1MaxSize(settings.limits().connections())
                        .setHttp2MaxSize(HTTP2_CONNECTIONS))
                .withConnectHandler(this::connected)
                .build();
    }

    /**
     * Makes the client, and connects to nothing.
     *
     * @throws SettingsException when the files for TLS cannot be used
     */
    static LinkClient open(HttpClientSettings settings, HttpClientRuntime runtime) {
        Shared.Use<Vertx> vertx = runtime.use();
        try {
            return new LinkClient(vertx, settings);
        } catch (Throwable e) {
            vertx.close();
            throw e;
        }
    }

    private static HttpClientConfig config(HttpClientSettings settings) {
        int headerBytes = settings.limits().headerBytes();
        HttpClientConfig config = new HttpClientConfig()
                .setVersions(
                        settings.manners().http2()
                                ? List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1)
                                : List.of(HttpVersion.HTTP_1_1))
                .setConnectTimeout(settings.timeouts().connect())
                .setDecompressionEnabled(false) // that has no bound; see Decompression
                .setFollowAlternativeServices(false) // a server must not send us to addresses that nobody checked
                .setHttp1Config(new Http1ClientConfig()
                        .setKeepAlive(true)
                        .setKeepAliveTimeout(settings.timeouts().keepAlive())
                        .setMaxInitialLineLength(LONGEST_STATUS_LINE)
                        .setMaxHeaderSize(headerBytes));
        if (settings.manners().http2()) {
            config.setHttp2Config(new Http2ClientConfig()
                    .setKeepAliveTimeout(settings.timeouts().keepAlive())
                    .setInitialSettings(
                            new Http2Settings().setPushEnabled(false).setMaxHeaderListSize(headerBytes)));
        }
        return config;
    }

    private static ClientSSLOptions tls(HttpClientSettings settings, Vertx vertx) {
        ClientSSLOptions options = new ClientSSLOptions()
                .setHostnameVerificationAlgorithm("HTTPS")
                .setSslHandshakeTimeout(settings.timeouts().connect().toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setEnabledSecureTransportProtocols(new LinkedHashSet<>(List.of("TLSv1.3", "TLSv1.2")));
        HttpClientSettings.Tls files = settings.tls();
        files.authorities()
                .ifPresent(file -> options.setTrustOptions(
                        new PemTrustOptions().addCertPath(file.toAbsolutePath().toString())));
        Optional<Path> certificate = files.certificate();
        Optional<Path> key = files.key();
        if (certificate.isPresent() && key.isPresent()) {
            PemKeyCertOptions pair = new PemKeyCertOptions()
                    .addCertPath(certificate.get().toAbsolutePath().toString())
                    .addKeyPath(key.get().toAbsolutePath().toString());
            check(pair, vertx);
            options.setKeyCertOptions(pair);
        }
        return options;
    }

    private static void check(PemKeyCertOptions pair, Vertx vertx) {
        try {
            pair.getKeyManagerFactory(vertx);
        } catch (Exception e) {
            throw new SettingsException(
                    "tls_cert_file and tls_key_file must hold a certificate and its private key, unencrypted, in PEM: "
                            + Causes.reason(e));
        }
    }

    HttpClientAgent http() {
        return http;
    }

    private void connected(HttpConnection connection) {
        connections.incrementAndGet();
        connection.closeHandler(closed -> connections.decrementAndGet());
    }

    /** A request on the connection has been answered in full. */
    void answered(HttpConnection connection) {
        if (connections.get() > MOST_KEPT) {
            connection.shutdown();
        }
    }

    @Override
    public void close() {
        http.close().onComplete(closed -> vertx.close());
    }
}
