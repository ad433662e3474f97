package com.wasmcloud.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LoadTest {
    @Test
    void refusesBytesBeyondTheBoundButNotASingleLargeCall() {
        Load load = new Load(100);
        assertThat(load.enter(500)).isTrue();
        assertThat(load.enter(1)).isFalse();
        load.leave(500);
        assertThat(load.enter(60)).isTrue();
        assertThat(load.enter(60)).isFalse();
        assertThat(load.enter(40)).isTrue();
    }

    @Test
    void waitsForTheLastCall() throws InterruptedException {
        Load load = new Load(100);
        assertThat(load.awaitIdle(Duration.ZERO)).isTrue();
        load.enter(1);
        assertThat(load.awaitIdle(Duration.ofMillis(1))).isFalse();
        CompletableFuture<Void> leaving = CompletableFuture.runAsync(() -> load.leave(1));
        assertThat(load.awaitIdle(Duration.ofSeconds(10))).isTrue();
        leaving.join();
    }
}
