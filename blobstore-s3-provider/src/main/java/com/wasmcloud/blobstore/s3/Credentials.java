package com.wasmcloud.blobstore.s3;

import com.wasmcloud.blobstore.s3.CachedCredentials.Loan;
import com.wasmcloud.blobstore.s3.CredentialSettings.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
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
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsAsyncClient;
import software.amazon.awssdk.services.sts.StsAsyncClientBuilder;

/**
 * Where a link's credentials come from: fixed keys or what the machine offers (profile, container, instance), and a role
 * taken on with these or with a web identity. Thread-safe; owns its client of STS.
 */
final class Credentials implements AutoCloseable {
    private static final Duration MACHINES_KEPT = Duration.ofMinutes(1);

    private final IdentityProvider<AwsCredentialsIdentity> provider;
    private final AutoCloseable owned;

    private Credentials(IdentityProvider<AwsCredentialsIdentity> provider, AutoCloseable owned) {
        this.provider = provider;
        this.owned = owned;
    }

    static Credentials of(S3Settings settings, S3Runtime runtime, SdkAsyncHttpClient http) {
        CredentialSettings wanted = settings.credentials();
        Optional<Role> role = wanted.role();
        if (role.isEmpty()) {
            IdentityProvider<AwsCredentialsIdentity> base = base(wanted, runtime);
            return new Credentials(base, () -> {});
        }
        boolean webIdentity = role.get().tokenFile().isPresent();
        StsAsyncClientBuilder builder = S3Clients.common(StsAsyncClient.builder(), settings, runtime, http)
                .region(Region.of(role.get().region().orElse(settings.server().region())))
                .credentialsProvider(webIdentity ? AnonymousCredentialsProvider.create() : base(wanted, runtime));
        role.get().endpoint().ifPresent(builder::endpointOverride);
        StsAsyncClient sts = builder.build();
        return new Credentials(new CachedCredentials(() -> loan(role.get(), sts, runtime), Clock.systemUTC()), sts);
    }

    IdentityProvider<AwsCredentialsIdentity> provider() {
        return provider;
    }

    private static IdentityProvider<AwsCredentialsIdentity> base(CredentialSettings wanted, S3Runtime runtime) {
        return wanted.keys()
                .map(S3Clients::identity)
                .map(identity -> new CachedCredentials(
                        () -> CompletableFuture.completedFuture(new Loan(identity, Instant.MAX)), Clock.systemUTC()))
                .orElseGet(() -> ofMachine(runtime));
    }

    private static CachedCredentials ofMachine(S3Runtime runtime) {
        AwsCredentialsProvider chain = AwsCredentialsProviderChain.of(
                ProfileCredentialsProvider.create(),
                ContainerCredentialsProvider.create(),
                InstanceProfileCredentialsProvider.create());
        return new CachedCredentials(
                () -> {
                    CompletableFuture<Loan> found = new CompletableFuture<>();
                    runtime.background().run(() -> {
                        try {
                            AwsCredentials credentials = chain.resolveCredentials();
                            found.complete(new Loan(credentials, Instant.now().plus(MACHINES_KEPT)));
                        } catch (RuntimeException e) {
                            found.completeExceptionally(e);
                        }
                    });
                    return found;
                },
                Clock.systemUTC());
    }

    private static CompletionStage<Loan> loan(Role role, StsAsyncClient sts, S3Runtime runtime) {
        if (role.tokenFile().isEmpty()) {
            return sts.assumeRole(request -> request.roleArn(role.arn())
                            .roleSessionName(role.session())
                            .externalId(role.externalId().orElse(null)))
                    .thenApply(response -> lent(response.credentials()));
        }
        CompletableFuture<String> token = new CompletableFuture<>();
        runtime.background().run(() -> read(role.tokenFile().get(), token));
        return token.thenCompose(text -> sts.assumeRoleWithWebIdentity(request -> request.roleArn(role.arn())
                        .roleSessionName(role.session())
                        .webIdentityToken(text)))
                .thenApply(response -> lent(response.credentials()));
    }

    private static void read(Path file, CompletableFuture<String> content) {
        try {
            content.complete(Files.readString(file).strip());
        } catch (IOException e) {
            content.completeExceptionally(new UncheckedIOException("cannot read the web identity in " + file, e));
        }
    }

    private static Loan lent(software.amazon.awssdk.services.sts.model.Credentials credentials) {
        return new Loan(
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
