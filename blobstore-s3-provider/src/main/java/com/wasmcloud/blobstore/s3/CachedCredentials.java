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

    private final Supplier<CompletionStage<Loan>> source;
    private final Clock clock;
    private @Nullable Loan loan;
    private @Nullable CompletableFuture<AwsCredentialsIdentity> fetching;
    private Instant renewFrom = Instant.MIN;

    /**
     * @param source where they come from; must not block
     */
    CachedCredentials(Supplier<CompletionStage<Loan>> source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    /** Credentials, and until when they are good. */
    record Loan(AwsCredentialsIdentity credentials, Instant expires) {}

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
            Loan last = loan;
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
        CompletionStage<Loan> fresh;
        try {
            fresh = source.get();
        } catch (RuntimeException e) {
            fresh = CompletableFuture.failedFuture(e);
        }
        fresh.whenComplete((lent, failure) -> {
            synchronized (this) {
                fetching = null;
                Instant now = clock.instant();
                if (lent != null) {
                    loan = lent;
                    Duration margin = Duration.between(now, lent.expires).dividedBy(4);
                    renewFrom = lent.expires.minus(margin.compareTo(LONGEST_MARGIN) < 0 ? margin : LONGEST_MARGIN);
                } else {
                    renewFrom = now.plus(PAUSE);
                }
            }
            if (lent != null) {
                fetched.complete(lent.credentials);
            } else {
                fetched.completeExceptionally(Causes.unwrap(failure));
            }
        });
    }
}
