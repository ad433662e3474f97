package com.wasmcloud.blobstore.s3;

import com.wasmcloud.provider.support.Causes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.identity.spi.ResolveIdentityRequest;

/**
 * Credentials that are good for a while: fetched once for all calls that wait, and renewed in the background before they
 * expire. When that fails, the old ones are used as long as they last.
 *
 * <p>Thread-safe; never blocks.
 */
final class CachedCredentials implements IdentityProvider<AwsCredentialsIdentity> {
    private static final Duration LONGEST_MARGIN = Duration.ofMinutes(5);
    /** After a renewal that failed, while the old ones last. */
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final Supplier<CompletionStage<TemporaryCredentials>> source;
    private final Clock clock;
    private @Nullable TemporaryCredentials latest;
    private @Nullable CompletableFuture<AwsCredentialsIdentity> fetching;
    private Instant renewFrom = Instant.MIN;

    /**
     * @param source where they come from; must not block
     */
    CachedCredentials(Supplier<CompletionStage<TemporaryCredentials>> source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    /** Credentials, and until when they are good. */
    record TemporaryCredentials(AwsCredentialsIdentity credentials, Instant expires) {}

    @Override
    public Class<AwsCredentialsIdentity> identityType() {
        return AwsCredentialsIdentity.class;
    }

    @Override
    public CompletableFuture<? extends AwsCredentialsIdentity> resolveIdentity(ResolveIdentityRequest request) {
        return current();
    }

    CompletableFuture<AwsCredentialsIdentity> current() {
        CompletableFuture<AwsCredentialsIdentity> fetched;
        AwsCredentialsIdentity usable;
        boolean begin;
        synchronized (this) {
            Instant now = clock.instant();
            TemporaryCredentials last = latest;
            usable = last != null && now.isBefore(last.expires) ? last.credentials : null;
            if (usable != null && now.isBefore(renewFrom)) {
                return CompletableFuture.completedFuture(usable);
            }
            begin = fetching == null;
            if (fetching == null) {
                fetching = new CompletableFuture<>();
            }
            fetched = fetching;
        }
        if (begin) {
            fetch(fetched);
        }
        return usable == null ? fetched : CompletableFuture.completedFuture(usable);
    }

    private void fetch(CompletableFuture<AwsCredentialsIdentity> fetched) {
        CompletionStage<TemporaryCredentials> answer;
        try {
            answer = source.get();
        } catch (Throwable e) {
            answer = CompletableFuture.failedFuture(e);
        }
        answer.whenComplete((fresh, failure) -> {
            synchronized (this) {
                fetching = null;
                Instant now = clock.instant();
                if (fresh != null) {
                    latest = fresh;
                    Duration margin = Duration.between(now, fresh.expires).dividedBy(4);
                    renewFrom = fresh.expires.minus(margin.compareTo(LONGEST_MARGIN) < 0 ? margin : LONGEST_MARGIN);
                } else {
                    renewFrom = now.plus(PAUSE);
                }
            }
            if (fresh != null) {
                fetched.complete(fresh.credentials);
            } else {
                fetched.completeExceptionally(Causes.unwrap(failure));
            }
        });
    }
}
