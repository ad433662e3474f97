package com.wasmcloud.httpclient;

import com.wasmcloud.provider.Health;
import com.wasmcloud.provider.settings.SettingsException;
import com.wasmcloud.provider.support.Background;
import com.wasmcloud.provider.support.Causes;
import com.wasmcloud.provider.support.FileWatch;
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
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The client of one link, with its connections. Thread-safe; closing it closes the connections. */
final class LinkClient implements AutoCloseable {
    /** So many connections of a link are kept for later; of more, each is closed after its request. */
    private static final int MOST_KEPT = 256;

    private static final int LONGEST_STATUS_LINE = 8 * 1024;
    private static final int HTTP2_CONNECTIONS = 2;
    private static final FileWatch.Words WORDS = new FileWatch.Words(
            "the TLS files of the link",
            "the TLS files of a link have been replaced; new connections use them",
            "new connections still use the earlier ones");

    private final Shared.Use<Vertx> vertx;
    private final HttpClientAgent http;
    private final Optional<FileWatch<TlsFiles>> tls;
    private final AtomicInteger connections = new AtomicInteger();

    private LinkClient(Shared.Use<Vertx> vertx, HttpClientSettings settings, HttpClientRuntime runtime)
            throws IOException, GeneralSecurityException {
        this.vertx = vertx;
        TlsFiles files = TlsFiles.read(settings.tls());
        this.http = vertx.value()
                .httpClientBuilder()
                .with(config(settings))
                .with(files.options(settings.timeouts().connect(), vertx.value()))
                .with(new PoolOptions()
                        .setHttp1MaxSize(settings.limits().connections())
                        .setHttp2MaxSize(HTTP2_CONNECTIONS))
                .withConnectHandler(this::connected)
                .build();
        this.tls = settings.tls().any() ? Optional.of(watch(files, settings, runtime.background())) : Optional.empty();
    }

    private FileWatch<TlsFiles> watch(TlsFiles used, HttpClientSettings settings, Background background) {
        return FileWatch.start(
                background, WORDS, used, () -> TlsFiles.read(settings.tls()), now -> http.updateSSLOptions(
                                now.options(settings.timeouts().connect(), vertx.value()))
                        .toCompletionStage());
    }

    /**
     * Makes the client, and connects to nothing.
     *
     * @throws SettingsException when the files for TLS cannot be used
     */
    static LinkClient open(HttpClientSettings settings, HttpClientRuntime runtime) {
        Shared.Use<Vertx> vertx = runtime.use();
        try {
            return new LinkClient(vertx, settings, runtime);
        } catch (IOException | GeneralSecurityException e) {
            vertx.close();
            throw new SettingsException(Causes.text(e));
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

    /** Whether the TLS files can be used as they are now. */
    Health health() {
        return tls.flatMap(FileWatch::problem).map(Health::unhealthy).orElse(Health.HEALTHY);
    }

    @Override
    public void close() {
        tls.ifPresent(FileWatch::close);
        http.close().onComplete(closed -> vertx.close());
    }
}
