package com.wasmcloud.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.testkit.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeliveryTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(30);

    private final SlowOutput output = new SlowOutput();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final List<Delivery<String>> started = new ArrayList<>();

    @AfterEach
    void end() {
        output.works();
        started.forEach(Delivery::close);
    }

    @Test
    void answersACallWhenItsEntryIsWrittenAndNotBefore() {
        Delivery<String> delivery = start(10, LONG);
        output.blocks();
        CompletableFuture<Void> first = offer(delivery, "a");
        output.awaitBlocked();
        CompletableFuture<Void> second = offer(delivery, "b");
        assertThat(first).isNotDone();
        assertThat(second).isNotDone();
        assertThat(delivery.flush().toCompletableFuture()).isNotDone();

        output.works();
        Await.result(second);
        assertThat(first).isCompleted();
        assertThat(output.written()).containsExactly("a", "b");
        Await.result(delivery.flush());
    }

    @Test
    void writesWhatHasQueuedUpInOneGo() {
        Delivery<String> delivery = start(1000, LONG);
        output.blocks();
        CompletableFuture<Void> unused = offer(delivery, "first");
        output.awaitBlocked();
        List<CompletableFuture<Void>> calls = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            calls.add(offer(delivery, "entry " + i));
        }
        output.works();
        calls.forEach(Await::result);
        assertThat(output.written()).hasSize(501).startsWith("first", "entry 0").endsWith("entry 499");
        assertThat(output.writes()).isEqualTo(2);
    }

    @Test
    void waitsForRoomInAFullQueueAndComesInWhenThereIs() {
        Delivery<String> delivery = start(2, LONG);
        output.blocks();
        List<CompletableFuture<Void>> calls = new ArrayList<>();
        calls.add(offer(delivery, "0"));
        output.awaitBlocked();
        for (int i = 1; i < 4; i++) {
            calls.add(offer(delivery, "" + i));
        }
        assertThat(calls).noneMatch(CompletableFuture::isDone);
        output.works();
        calls.forEach(Await::result);
        assertThat(output.written()).containsExactly("0", "1", "2", "3");
    }

    @Test
    void dropsWhatFindsNoRoomInTimeAndReportsHowMany() {
        Delivery<String> delivery = start(2, SHORT);
        output.blocks();
        CompletableFuture<Void> kept = offer(delivery, "kept 1");
        output.awaitBlocked();
        CompletableFuture<Void> alsoKept = offer(delivery, "kept 2");
        CompletableFuture<Void> dropped = offer(delivery, "dropped 1");
        CompletableFuture<Void> alsoDropped = offer(delivery, "dropped 2");

        fails(
                dropped,
                "log error: cannot write to the test: it does not take entries fast enough; the entry was dropped");
        fails(alsoDropped, "the entry was dropped");
        fails(kept, "the entry was kept and will be written when it can be");
        fails(alsoKept, "kept and will be written");
        assertThat(delivery.health().reason()).startsWith("the test takes no entries; the oldest has waited");

        output.works();
        Await.until("the count is reported", () -> output.written().size() == 3);
        assertThat(output.written().subList(0, 2)).containsExactly("kept 1", "kept 2");
        assertThat(output.written().get(2)).matches("report: 2 entries were dropped since \\S+ because the test .*");
        Await.result(offer(delivery, "next"));
        assertThat(output.written()).hasSize(4).endsWith("next");
        assertThat(delivery.health().healthy()).isTrue();
    }

    @Test
    void doesNotLetMoreWaitThanTheQueueHolds() {
        Delivery<String> delivery = start(2, LONG);
        output.blocks();
        CompletableFuture<Void> unused = offer(delivery, "0");
        output.awaitBlocked();
        for (int i = 1; i < 4; i++) {
            assertThat(offer(delivery, "" + i)).isNotDone();
        }
        fails(offer(delivery, "4"), "the entry was dropped");
    }

    @Test
    void boundsTheQueueByBytesButTakesOneThatIsLargerThanAll() {
        Delivery<String> delivery = start(1000, SHORT);
        output.blocks();
        CompletableFuture<Void> large = delivery.offer("large", 5000).toCompletableFuture();
        output.awaitBlocked();
        CompletableFuture<Void> small = delivery.offer("small", 1).toCompletableFuture();
        fails(small, "the entry was dropped");
        fails(large, "the entry was kept");
    }

    @Test
    void keepsEntriesWhileTheOutputFailsAndWritesThemWhenItWorks() {
        Delivery<String> delivery = start(10, SHORT);
        output.fails("disk full");
        CompletableFuture<Void> call = offer(delivery, "a");
        fails(call, "log error: cannot write to the test: disk full; the entry was kept and will be written");
        assertThat(delivery.health().reason()).isEqualTo("cannot write to the test: disk full; trying again");

        output.works();
        Await.until("it is written", () -> output.written().equals(List.of("a")));
        Await.until("health says so", () -> delivery.health().healthy());
    }

    @Test
    void noticesWithoutAnyEntryThatTheOutputFailsAndThatItWorks() {
        output.fails("no such folder");
        Delivery<String> delivery = start(10, SHORT);
        Await.until("it fails", () -> !delivery.health().healthy());
        output.works();
        Await.until("it works", () -> delivery.health().healthy());
    }

    @Test
    void givesUpOnlyWhatTheOutputRefuses() {
        Delivery<String> delivery = start(10, LONG);
        output.refuses("bad");
        fails(offer(delivery, "bad"), "log error: the test refused the entry: it is bad");
        Await.result(offer(delivery, "good"));
        assertThat(output.written()).containsExactly("good");
        assertThat(delivery.health().healthy()).isTrue();
    }

    @Test
    void writesEverythingBeforeItEnds() throws Exception {
        Delivery<String> delivery = start(100, LONG);
        output.blocks();
        CompletableFuture<Void> unused = offer(delivery, "a");
        output.awaitBlocked();
        CompletableFuture<Void> last = offer(delivery, "b");
        delivery.close();
        assertThat(ended.getCount()).isOne();
        output.works();
        ended.await();
        assertThat(last).isCompleted();
        assertThat(output.written()).containsExactly("a", "b");
        assertThat(output.isClosed()).isTrue();
        assertThat(delivery.reopen()).isFalse();
        fails(offer(delivery, "late"), "the entry was dropped");
    }

    @Test
    void goesOnWhenItIsOpenedAgainBeforeItsEnd() {
        Delivery<String> delivery = start(100, LONG);
        output.blocks();
        CompletableFuture<Void> unused = offer(delivery, "a");
        output.awaitBlocked();
        delivery.close();
        assertThat(delivery.reopen()).isTrue();
        output.works();
        Await.result(offer(delivery, "b"));
        assertThat(output.isClosed()).isFalse();
    }

    private Delivery<String> start(int entries, Duration patience) {
        Delivery<String> delivery = new Delivery<>(
                "the test",
                output,
                new Delivery.Bounds(entries, 4096, patience),
                sentence -> "report: " + sentence,
                ended::countDown);
        delivery.start();
        started.add(delivery);
        return delivery;
    }

    private static CompletableFuture<Void> offer(Delivery<String> delivery, String entry) {
        return delivery.offer(entry, 1).toCompletableFuture();
    }

    private static void fails(CompletableFuture<Void> call, String text) {
        assertThatThrownBy(() -> Await.result(call))
                .isInstanceOf(RpcException.class)
                .hasMessageContaining(text);
    }
}
