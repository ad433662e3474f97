package com.wasmcloud.blobstore.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.blobstore.s3.CachedCredentials.TemporaryCredentials;
import com.wasmcloud.testkit.Await;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

class CachedCredentialsTest {
    private final SetClock clock = new SetClock();
    private final Deque<CompletableFuture<TemporaryCredentials>> asked = new ArrayDeque<>();
    private final CachedCredentials credentials = new CachedCredentials(
            () -> {
                CompletableFuture<TemporaryCredentials> answer = new CompletableFuture<>();
                asked.add(answer);
                return answer;
            },
            clock);

    private static final class SetClock extends Clock {
        private Instant now = Instant.EPOCH;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private void answer(String key, Duration validity) {
        asked.remove()
                .complete(new TemporaryCredentials(
                        AwsCredentialsIdentity.create(key, "secret"), clock.now.plus(validity)));
    }

    private String key() {
        return Await.result(credentials.current()).accessKeyId();
    }

    @Test
    void areFetchedOnceForAllWhoWait() {
        CompletableFuture<AwsCredentialsIdentity> one = credentials.current();
        CompletableFuture<AwsCredentialsIdentity> other = credentials.current();
        answer("first", Duration.ofHours(1));

        assertThat(Await.result(one)).isSameAs(Await.result(other));
        assertThat(key()).isEqualTo("first");
        assertThat(asked).isEmpty();
    }

    @Test
    void areRenewedBeforeTheyExpireAndUsedMeanwhile() {
        CompletableFuture<AwsCredentialsIdentity> unused = credentials.current();
        answer("first", Duration.ofHours(1));
        clock.now = clock.now.plus(Duration.ofMinutes(54));
        assertThat(key()).isEqualTo("first");
        assertThat(asked).as("too early to renew them").isEmpty();

        clock.now = clock.now.plus(Duration.ofMinutes(2));
        assertThat(key()).as("they are good for four minutes more").isEqualTo("first");
        assertThat(asked).as("but are being renewed").hasSize(1);
        answer("second", Duration.ofHours(1));
        assertThat(key()).isEqualTo("second");
    }

    @Test
    void areUsedAsLongAsTheyLastWhereTheyCannotBeRenewed() {
        CompletableFuture<AwsCredentialsIdentity> unused = credentials.current();
        answer("first", Duration.ofHours(1));
        clock.now = clock.now.plus(Duration.ofMinutes(56));
        assertThat(key()).isEqualTo("first");
        asked.remove().completeExceptionally(new IllegalStateException("no"));
        assertThat(key()).isEqualTo("first");
        assertThat(asked).as("it is not asked again at once").isEmpty();

        clock.now = clock.now.plus(Duration.ofMinutes(5));
        CompletableFuture<AwsCredentialsIdentity> expired = credentials.current();
        assertThat(expired).isNotDone();
        answer("second", Duration.ofHours(1));
        assertThat(Await.result(expired).accessKeyId()).isEqualTo("second");
    }
}
