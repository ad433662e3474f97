package com.wasmcloud.blobstore.s3;

import com.wasmcloud.blobstore.s3.http.HttpClientOptions;
import com.wasmcloud.blobstore.s3.http.S3HttpClient;
import com.wasmcloud.provider.support.Pem;
import com.wasmcloud.provider.support.Shared.Use;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import javax.net.ssl.TrustManager;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.LegacyMd5Plugin;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClientBuilder;

/**
 * A link's client of S3, and the connections under it. Thread-safe; closing it closes the connections.
 */
final class S3Clients implements AutoCloseable {
    private final Use<EventLoopGroup> loops;
    private final S3HttpClient http;
    private final Credentials credentials;
    private final S3AsyncClient s3;

    private S3Clients(Use<EventLoopGroup> loops, S3HttpClient http, Credentials credentials, S3AsyncClient s3) {
        this.loops = loops;
        this.http = http;
        this.credentials = credentials;
        this.s3 = s3;
    }

    /** Makes the client; loads classes, and so may take half a second the first time. */
    static S3Clients make(S3Settings settings, AccessKey key, S3Runtime runtime) {
        HttpClientOptions options = options(settings.network());
        Use<EventLoopGroup> loops = runtime.useLoops();
        S3HttpClient http = S3HttpClient.create(options, loops.value(), runtime.names());
        try {
            SdkDefaults defaults =
                    new SdkDefaults(settings, runtime.background().clock(), http);
            Credentials credentials = Credentials.of(settings, key, runtime.background(), defaults);
            return new S3Clients(loops, http, credentials, s3(settings.server(), credentials, defaults));
        } catch (Throwable e) {
            http.close();
            loops.close();
            throw e;
        }
    }

    private static S3AsyncClient s3(ServerSettings server, Credentials credentials, SdkDefaults defaults) {
        S3AsyncClientBuilder builder = defaults.of(S3AsyncClient.builder(), server.endpoint())
                .region(Region.of(server.region()))
                .credentialsProvider(credentials.provider())
                .forcePathStyle(server.pathStyle())
                .requestChecksumCalculation(
                        server.checksums()
                                ? RequestChecksumCalculation.WHEN_SUPPORTED
                                : RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(
                        server.checksums()
                                ? ResponseChecksumValidation.WHEN_SUPPORTED
                                : ResponseChecksumValidation.WHEN_REQUIRED);
        if (!server.checksums()) {
            builder.addPlugin(LegacyMd5Plugin.create());
        }
        return builder.build();
    }

    private static HttpClientOptions options(NetworkSettings network) {
        return new HttpClientOptions(
                network.authorities().map(S3Clients::trust),
                network.proxy()
                        .map(proxy -> new HttpClientOptions.Proxy(
                                proxy.host(), proxy.port(), proxy.authorization(), proxy.exceptions())),
                network.connectTimeout(),
                network.readTimeout(),
                network.acquireTimeout(),
                network.maxConnections());
    }

    private static TrustManager trust(Path authorities) {
        try {
            return Pem.trust(authorities);
        } catch (IOException e) {
            throw new UncheckedIOException("the file of tls_ca_file " + e.getMessage(), e);
        }
    }

    S3AsyncClient s3() {
        return s3;
    }

    @Override
    public void close() {
        s3.close();
        credentials.close();
        http.close();
        loops.close();
    }
}
