package com.wasmcloud.blobstore.s3;

import com.wasmcloud.blobstore.s3.CredentialSettings.Keys;
import com.wasmcloud.provider.settings.Refreshable;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.identity.spi.ResolveIdentityRequest;

/**
 * The access key of a link, if its settings have one. It is read from the settings again when it is refused: the file that a
 * setting points to may hold a newer one by then. Thread-safe.
 */
final class AccessKey implements IdentityProvider<AwsCredentialsIdentity> {
    private final Refreshable<Optional<AwsCredentialsIdentity>> identity;

    /**
     * Begins with what the settings hold now.
     *
     * @param source reads the settings anew
     */
    AccessKey(S3Settings now, Supplier<S3Settings> source) {
        identity = new Refreshable<>(
                "the credentials for " + now.server().place(), identity(now), () -> identity(source.get()));
    }

    private static Optional<AwsCredentialsIdentity> identity(S3Settings settings) {
        return settings.credentials().keys().map(AccessKey::identity);
    }

    /** What the SDK takes keys in. */
    private static AwsCredentialsIdentity identity(Keys keys) {
        String secret = keys.secretAccessKey().reveal();
        return keys.sessionToken().isPresent()
                ? AwsSessionCredentialsIdentity.create(
                        keys.accessKeyId(), secret, keys.sessionToken().get().reveal())
                : AwsCredentialsIdentity.create(keys.accessKeyId(), secret);
    }

    boolean isPresent() {
        return identity.value().isPresent();
    }

    /** Reads it again, as S3 has refused it. May block. */
    void refused() {
        identity.refresh();
    }

    @Override
    public Class<AwsCredentialsIdentity> identityType() {
        return AwsCredentialsIdentity.class;
    }

    @Override
    public CompletableFuture<? extends AwsCredentialsIdentity> resolveIdentity(ResolveIdentityRequest request) {
        return identity.value()
                .map(CompletableFuture::completedFuture)
                .orElseGet(() -> CompletableFuture.failedFuture(new NoCredentialsException(
                        new IllegalStateException("the settings do not hold the access key any more"))));
    }
}
