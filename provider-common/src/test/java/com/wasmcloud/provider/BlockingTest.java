package com.wasmcloud.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class BlockingTest {
    @Test
    void runsOnAnotherThreadWithTheTraceOfTheInvocation() throws Exception {
        Map<String, String> trace = Map.of("traceparent", "00-a-b-01");
        try (Blocking blocking = new Blocking("test", 1, 1);
                TraceContext.Scope scope = TraceContext.enter(trace)) {
            CompletionStage<String> result =
                    blocking.call(() -> Thread.currentThread().getName() + TraceContext.current());
            assertThat(result.toCompletableFuture().get()).isEqualTo("test-1" + trace);
        }
    }

    @Test
    void passesFailuresOn() {
        try (Blocking blocking = new Blocking("test", 1, 1)) {
            CompletableFuture<Object> result = blocking.call(() -> {
                        throw new IOException("why");
                    })
                    .toCompletableFuture();
            assertThatThrownBy(result::get).hasRootCauseMessage("why");
        }
    }

    @Test
    void refusesWhatItHasNoRoomFor() throws Exception {
        CountDownLatch hold = new CountDownLatch(1);
        try (Blocking blocking = new Blocking("test", 1, 1)) {
            CompletionStage<Boolean> running = blocking.call(() -> {
                hold.await();
                return true;
            });
            CompletionStage<Boolean> waiting = blocking.call(() -> true);
            CompletableFuture<Boolean> refused = blocking.call(() -> true).toCompletableFuture();
            assertThatThrownBy(refused::get).hasMessageContaining("overloaded: ");
            hold.countDown();
            assertThat(running.toCompletableFuture().get()).isTrue();
            assertThat(waiting.toCompletableFuture().get()).isTrue();
        }
    }
}
