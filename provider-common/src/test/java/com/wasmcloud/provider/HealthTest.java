package com.wasmcloud.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.provider.support.Background;
import com.wasmcloud.provider.support.Causes;
import com.wasmcloud.provider.support.Outage;
import com.wasmcloud.provider.support.Reachability;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

class HealthTest {
    @Test
    @Timeout(20)
    void isPendingUntilTheFirstAttemptHasEnded() throws InterruptedException {
        CompletableFuture<Void> first = new CompletableFuture<>();
        CompletableFuture<Void> second = new CompletableFuture<>();
        CountDownLatch firstBegins = new CountDownLatch(1);
        CountDownLatch secondBegins = new CountDownLatch(1);
        Outage outage = new Outage(
                LoggerFactory.getLogger(HealthTest.class), new Outage.Words(Level.DEBUG, "cannot reach X", ""));
        outage.waitsFor("still connecting to X");
        Reachability reachability = new Reachability(
                new Background("test"),
                new Reachability.Pauses(Duration.ofMillis(1), Duration.ofMillis(1)),
                outage,
                () -> {
                    if (firstBegins.getCount() > 0) {
                        firstBegins.countDown();
                        return first;
                    }
                    secondBegins.countDown();
                    return second;
                },
                Causes::text);
        reachability.start();
        assertThat(Health.of(reachability)).isEqualTo(Health.pending("still connecting to X"));

        firstBegins.await();
        first.completeExceptionally(new IllegalStateException("refused"));
        secondBegins.await();
        assertThat(Health.of(reachability)).isEqualTo(Health.unhealthy("cannot reach X: refused; trying again"));

        second.complete(null);
        while (!Health.of(reachability).healthy()) {
            Thread.onSpinWait(); // the attempt is noticed on its own thread
        }
        reachability.close();
    }
}
