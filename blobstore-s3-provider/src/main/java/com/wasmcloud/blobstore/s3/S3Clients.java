package com.wasmcloud.blobstore.s3;

import com.wasmcloud.blobstore.s3.CredentialSettings.Keys;
import com.wasmcloud.blobstore.s3.NetworkSettings.Proxy;
import com.wasmcloud.provider.settings.Secret;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.awscore.client.builder.AwsAsyncClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.defaultsmode.DefaultsMode;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.client.config.SdkAdvancedAsyncClientOption;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.ProxyConfiguration;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.LegacyMd5Plugin;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClientBuilder;

/**
 * A link's client of S3, and the connections under it. Thread-safe; closing it closes the connections.
 */
final class S3Clients implements AutoCloseable {
    private final S3Runtime runtime;
    private final SdkAsyncHttpClient http;
    private final Credentials credentials;
    private final S3AsyncClient s3;

    private S3Clients(S3Runtime runtime, SdkAsyncHttpClient http, Credentials credentials, S3AsyncClient s3) {
        this.runtime = runtime;
        this.http = http;
        this.credentials = credentials;
        this.s3 = s3;
    }

    /** Makes the client; loads classes, and so may take half a second the first time. */
    static S3Clients make(S3Settings settings, S3Runtime runtime) {
        SdkAsyncHttpClient http = http(settings.network(), runtime);
        Credentials credentials = Credentials.of(settings, runtime, http);
        ServerSettings server = settings.server();
        S3AsyncClientBuilder builder = common(S3AsyncClient.builder(), settings, runtime, http)
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
        server.endpoint().ifPresent(builder::endpointOverride);
        if (!server.checksums()) {
            builder.addPlugin(LegacyMd5Plugin.create());
        }
        return new S3Clients(runtime, http, credentials, builder.build());
    }

    /** What the clients of S3 and of STS have in common: nothing comes from files or variables that a link does not name. */
    static <B extends AwsAsyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> B common(
            B builder, S3Settings settings, S3Runtime runtime, SdkAsyncHttpClient http) {
        return builder.httpClient(http)
                .defaultsMode(DefaultsMode.STANDARD)
                .dualstackEnabled(false)
                .fipsEnabled(false)
                .asyncConfiguration(async ->
                        async.advancedOption(SdkAdvancedAsyncClientOption.FUTURE_COMPLETION_EXECUTOR, Runnable::run))
                .overrideConfiguration(ClientOverrideConfiguration.builder()
                        .defaultProfileFile(ProfileFile.aggregator().build())
                        .scheduledExecutorService(runtime.background().clock())
                        .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .maxAttempts(settings.server().maxAttempts())
                                .build())
                        .apiCallTimeout(settings.network().requestTimeout())
                        .build());
    }

    private static SdkAsyncHttpClient http(NetworkSettings network, S3Runtime runtime) {
        NettyNioAsyncHttpClient.Builder builder = NettyNioAsyncHttpClient.builder()
                .eventLoopGroup(runtime.acquire())
                .maxConcurrency(network.maxConnections())
                .maxPendingConnectionAcquires(10_000)
                .connectionAcquisitionTimeout(network.requestTimeout())
                .connectionTimeout(network.connectTimeout())
                .tlsNegotiationTimeout(network.connectTimeout())
                // it would end a download whose actor takes its time; see Downloads
                .readTimeout(Duration.ZERO)
                .writeTimeout(network.readTimeout())
                .connectionMaxIdleTime(Duration.ofSeconds(5))
                .tcpKeepAlive(true);
        network.authorities().ifPresent(file -> builder.tlsTrustManagersProvider(() -> Authorities.trusting(file)));
        ProxyConfiguration.Builder proxy =
                ProxyConfiguration.builder().useSystemPropertyValues(false).useEnvironmentVariableValues(false);
        network.proxy().ifPresent(settings -> configure(proxy, settings));
        return builder.proxyConfiguration(proxy.build()).build();
    }

    private static void configure(ProxyConfiguration.Builder builder, Proxy proxy) {
        builder.scheme("http")
                .host(proxy.host())
                .port(proxy.port())
                .nonProxyHosts(
                        proxy.exceptions().stream().map(S3Clients::pattern).collect(Collectors.toSet()));
        proxy.user().ifPresent(builder::username);
        proxy.password().map(Secret::reveal).ifPresent(builder::password);
    }

    /** The regular expression that the client wants for a host or all hosts under a name. */
    private static String pattern(String exception) {
        String host = exception.toLowerCase(Locale.ROOT);
        if (host.equals("*")) {
            return ".*";
        }
        boolean all = host.startsWith("*.") || host.startsWith(".");
        return all ? ".*" + Pattern.quote(host.substring(host.indexOf('.'))) : Pattern.quote(host);
    }

    /** What the client takes fixed keys in. */
    static AwsCredentialsIdentity identity(Keys keys) {
        String secret = keys.secretAccessKey().reveal();
        return keys.sessionToken().isPresent()
                ? AwsSessionCredentialsIdentity.create(
                        keys.accessKeyId(), secret, keys.sessionToken().get().reveal())
                : AwsCredentialsIdentity.create(keys.accessKeyId(), secret);
    }

    S3AsyncClient s3() {
        return s3;
    }

    @Override
    public void close() {
        s3.close();
        credentials.close();
        http.close();
        runtime.release();
    }
}
