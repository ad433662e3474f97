package com.wasmcloud.provider.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BackgroundTest {
    private static final int PATIENCE_SECONDS = 20;

    private final ThreadFactory threads = Threads.daemons("background-test");

    @Test
    void runsATaskAsSoonAsThereAreThreadsAgain() throws InterruptedException {
        AtomicBoolean shortage = new AtomicBoolean(true);
        AtomicInteger refused = new AtomicInteger();
        Background background = new Background(
                task -> {
                    if (shortage.get()) {
                        refused.incrementAndGet();
                        throw new OutOfMemoryError("unable to create native thread: possibly out of memory or process/"
                                + "resource limits reached");
                    }
                    return threads.newThread(task);
                },
                4);
        CountDownLatch done = new CountDownLatch(3);
        background.run(done::countDown);
        background.run(done::countDown);
        background.runAfter(Duration.ofMillis(1), done::countDown);
        waitUntilTriedAgain(refused);
        assertThat(done.getCount()).isEqualTo(3);

        shortage.set(false);

        assertThat(done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    private static void waitUntilTriedAgain(AtomicInteger refused) throws InterruptedException {
        for (int i = 0; i < PATIENCE_SECONDS * 100 && refused.get() < 5; i++) {
            Thread.sleep(10);
        }
        assertThat(refused).hasValueGreaterThanOrEqualTo(5);
    }

    @Test
    void goesOnAfterATaskThatThrowsAnything() throws InterruptedException {
        Background background = new Background(threads, 1);
        CountDownLatch done = new CountDownLatch(2);
        background.run(() -> {
            throw new StackOverflowError("of a test");
        });
        background.after(Duration.ofMillis(1), () -> {
            throw new OutOfMemoryError("of a test");
        });
        background.run(done::countDown);
        background.after(Duration.ofMillis(5), done::countDown);

        assertThat(done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void runsAllWithNoMoreThreadsThanThereMayBe() throws InterruptedException {
        AtomicInteger made = new AtomicInteger();
        Background background = new Background(
                task -> {
                    made.incrementAndGet();
                    return threads.newThread(task);
                },
                2);
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(100);
        for (int i = 0; i < 100; i++) {
            background.run(() -> {
                try {
                    hanging.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                done.countDown();
            });
        }
        hanging.countDown();

        assertThat(done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(made).hasValueLessThanOrEqualTo(2);
    }

    @Test
    void tellsALackOfThreadsFromALackOfMemory() {
        assertThat(Threads.isShortage(new OutOfMemoryError("unable to create native thread: possibly out of memory")))
                .isTrue();
        assertThat(Threads.isShortage(new OutOfMemoryError("Java heap space"))).isFalse();
        assertThat(Threads.isShortage(new IllegalStateException("native thread")))
                .isFalse();
    }
}
