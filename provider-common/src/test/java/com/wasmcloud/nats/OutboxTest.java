package com.wasmcloud.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.contract.rpc.RpcException.Code;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(1);
    private static final long WHOLE_WINDOW = 32 << 20;

    @Test
    void triesAgainUntilTheClientTakesTheMessage() {
        AtomicInteger attempts = new AtomicInteger();
        join(new Outbox(() -> true).retry(() -> attempts.incrementAndGet() == 3, LONG));
        assertThat(attempts).hasValue(3);
    }

    @Test
    void saysOverloadedWhenTheClientDoesNotTakeTheMessageInTime() {
        CompletionStage<Void> sent = new Outbox(() -> true).retry(() -> false, SHORT);
        assertThatThrownBy(() -> join(sent)).satisfies(OutboxTest::isOverloaded);
    }

    @Test
    void failsWithWhatAnAttemptThrows() {
        CompletionStage<Void> sent = new Outbox(() -> true)
                .retry(
                        () -> {
                            throw new IllegalArgumentException("too large");
                        },
                        LONG);
        assertThatThrownBy(() -> join(sent)).hasRootCauseInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void waitsForTheServerToConfirmWhenTheWindowIsFull() {
        CountDownLatch thawed = new CountDownLatch(1);
        Outbox outbox = new Outbox(() -> thawed.await(LONG.toSeconds(), TimeUnit.SECONDS));
        assertThat(outbox.takeRoom(WHOLE_WINDOW)).isTrue();
        assertThat(outbox.takeRoom(WHOLE_WINDOW)).isFalse();
        assertThat(outbox.takeRoom(100)).as("small messages are not held up").isTrue();

        CompletableFuture<Void> turn = outbox.room(WHOLE_WINDOW, LONG).toCompletableFuture();
        assertThat(turn).isNotDone();
        thawed.countDown();
        join(turn);
    }

    @Test
    void saysOverloadedWhenTheServerConfirmsNothingInTime() {
        Outbox outbox = new Outbox(() -> false);
        assertThat(outbox.takeRoom(WHOLE_WINDOW)).isTrue();
        assertThatThrownBy(() -> join(outbox.room(WHOLE_WINDOW, SHORT))).satisfies(OutboxTest::isOverloaded);
    }

    private static void isOverloaded(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        assertThat(cause).isInstanceOfSatisfying(RpcException.class, e -> {
            assertThat(e.code()).isEqualTo(Code.OVERLOADED);
            assertThat(e).hasMessageStartingWith("overloaded: ");
        });
    }

    private static void join(CompletionStage<Void> stage) {
        stage.toCompletableFuture()
                .orTimeout(LONG.toSeconds(), TimeUnit.SECONDS)
                .join();
    }
}
