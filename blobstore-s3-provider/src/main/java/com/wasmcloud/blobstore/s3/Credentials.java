package com.wasmcloud.blobstore.s3;

import com.wasmcloud.blobstore.s3.CachedCredentials.TemporaryCredentials;
import com.wasmcloud.blobstore.s3.CredentialSettings.Role;
import com.wasmcloud.provider.support.Background;
import com.wasmcloud.provider.support.SmallFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.InstanceProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsAsyncClient;

/**
 * Where a link's credentials come from: an access key or the default credential chain (profile, container, instance), and
 * a role assumed with these or with a web identity. Thread-safe; owns its client of STS.
 */
final class Credentials implements AutoCloseable {
    private static final Duration CHAIN_KEPT = Duration.ofMinutes(1);

    private final IdentityProvider<AwsCredentialsIdentity> provider;
    private final AutoCloseable owned;

    private Credentials(IdentityProvider<AwsCredentialsIdentity> provider, AutoCloseable owned) {
        this.provider = provider;
        this.owned = owned;
    }

    static Credentials of(S3Settings settings, AccessKey key, Background background, SdkDefaults defaults) {
        Optional<Role> role = settings.credentials().role();
        if (role.isEmpty()) {
            return new Credentials(base(key, background), () -> {});
        }
        boolean webIdentity = role.get().tokenFile().isPresent();
        StsAsyncClient sts = defaults.of(StsAsyncClient.builder(), role.get().endpoint())
                .region(Region.of(role.get().region().orElse(settings.server().region())))
                .credentialsProvider(webIdentity ? AnonymousCredentialsProvider.create() : base(key, background))
                .build();
        return new Credentials(
                new CachedCredentials(() -> assumed(role.get(), sts, background), Clock.systemUTC()), sts);
    }

    IdentityProvider<AwsCredentialsIdentity> provider() {
        return provider;
    }

    private static IdentityProvider<AwsCredentialsIdentity> base(AccessKey key, Background background) {
        return key.isPresent() ? key : ofChain(background);
    }

    private static CachedCredentials ofChain(Background background) {
        AwsCredentialsProvider chain = AwsCredentialsProviderChain.of(
                ProfileCredentialsProvider.create(),
                ContainerCredentialsProvider.create(),
                InstanceProfileCredentialsProvider.create());
        return new CachedCredentials(
                () -> {
                    CompletableFuture<TemporaryCredentials> found = new CompletableFuture<>();
                    background.run(() -> {
                        try {
                            AwsCredentials credentials = chain.resolveCredentials();
                            found.complete(new TemporaryCredentials(
                                    credentials, Instant.now().plus(CHAIN_KEPT)));
                        } catch (Throwable e) {
                            found.completeExceptionally(new NoCredentialsException(e));
                        }
                    });
                    return found;
                },
                Clock.systemUTC());
    }

    private static CompletionStage<TemporaryCredentials> assumed(Role role, StsAsyncClient sts, Background background) {
        if (role.tokenFile().isEmpty()) {
            return sts.assumeRole(request -> request.roleArn(role.arn())
                            .roleSessionName(role.session())
                            .externalId(role.externalId().orElse(null)))
                    .thenApply(response -> temporary(response.credentials()));
        }
        CompletableFuture<String> token = new CompletableFuture<>();
        background.run(() -> read(role.tokenFile().get(), token));
        return token.thenCompose(text -> sts.assumeRoleWithWebIdentity(request -> request.roleArn(role.arn())
                        .roleSessionName(role.session())
                        .webIdentityToken(text)))
                .thenApply(response -> temporary(response.credentials()));
    }

    private static void read(Path file, CompletableFuture<String> content) {
        try {
            content.complete(SmallFile.text(file).strip());
        } catch (IOException e) {
            content.completeExceptionally(new UncheckedIOException("cannot read the web identity in " + file, e));
        }
    }

    private static TemporaryCredentials temporary(software.amazon.awssdk.services.sts.model.Credentials credentials) {
        return new TemporaryCredentials(
                AwsSessionCredentialsIdentity.create(
                        credentials.accessKeyId(), credentials.secretAccessKey(), credentials.sessionToken()),
                credentials.expiration());
    }

    @Override
    public void close() {
        try {
            owned.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
