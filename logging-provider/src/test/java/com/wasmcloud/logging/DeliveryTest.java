package com.wasmcloud.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.provider.support.Background;
import com.wasmcloud.provider.support.Budget;
import com.wasmcloud.provider.support.Threads;
import com.wasmcloud.testkit.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeliveryTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(30);
    private static final int BYTES = 4096;

    private final SlowOutput output = new SlowOutput();
    private Budget.Share memory = new Budget(1 << 24).share();
    private final List<Delivery> started = new ArrayList<>();
    private Duration farewell = LONG;
    private ThreadFactory threads = Threads.daemons("delivery-test");

    @AfterEach
    void end() {
        output.works();
        started.forEach(Delivery::close);
    }

    @Test
    void answersACallWhenItsLineIsWrittenAndNotBefore() {
        Delivery delivery = start();
        LinkQueue link = link(10, LONG);
        output.blocks();
        CompletableFuture<Void> first = offer(delivery, link, "a");
        output.awaitBlocked();
        CompletableFuture<Void> second = offer(delivery, link, "b");
        CompletionStage<Void> flush = delivery.flush(link);
        assertThat(first).isNotDone();
        assertThat(second).isNotDone();
        assertThat(flush.toCompletableFuture()).isNotDone();

        output.works();
        Await.result(second);
        assertThat(first).isCompleted();
        assertThat(output.written()).containsExactly("a", "b");
        Await.result(flush);
        Await.result(delivery.flush(link));
    }

    @Test
    void writesWhatHasQueuedUpInOneGo() {
        Delivery delivery = start();
        LinkQueue link = new LinkQueue(Entries.TEXT, new Bounds(1000, 1 << 20, LONG), memory);
        output.blocks();
        CompletableFuture<Void> unused = offer(delivery, link, "first");
        output.awaitBlocked();
        List<CompletableFuture<Void>> calls = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            calls.add(offer(delivery, link, "line " + i));
        }
        output.works();
        calls.forEach(Await::result);
        assertThat(output.written()).hasSize(501).startsWith("first", "line 0").endsWith("line 499");
        assertThat(output.writes()).isEqualTo(2);
    }

    @Test
    void waitsForRoomInAFullQueueAndComesInWhenThereIs() {
        Delivery delivery = start();
        LinkQueue link = link(2, LONG);
        output.blocks();
        List<CompletableFuture<Void>> calls = new ArrayList<>();
        calls.add(offer(delivery, link, "0"));
        output.awaitBlocked();
        for (int i = 1; i < 4; i++) {
            calls.add(offer(delivery, link, "" + i));
        }
        assertThat(calls).noneMatch(CompletableFuture::isDone);
        output.works();
        calls.forEach(Await::result);
        assertThat(output.written()).containsExactly("0", "1", "2", "3");
    }

    @Test
    void dropsWhatFindsNoRoomInTimeAndReportsHowMany() {
        Delivery delivery = start();
        LinkQueue link = link(2, SHORT);
        output.blocks();
        CompletableFuture<Void> kept = offer(delivery, link, "kept 1");
        output.awaitBlocked();
        CompletableFuture<Void> alsoKept = offer(delivery, link, "kept 2");
        CompletableFuture<Void> dropped = offer(delivery, link, "dropped 1");
        CompletableFuture<Void> alsoDropped = offer(delivery, link, "dropped 2");

        fails(
                dropped,
                "log error: cannot write to the test: it does not take entries fast enough; the entry was dropped");
        fails(alsoDropped, "the entry was dropped");
        fails(kept, "the entry was kept and will be written when it can be");
        fails(alsoKept, "kept and will be written");
        assertThat(delivery.health(link).reason()).startsWith("the test takes no entries; the oldest has waited");

        output.works();
        Await.until("the count is reported", () -> output.written().size() == 3);
        assertThat(output.written().subList(0, 2)).containsExactly("kept 1", "kept 2");
        assertThat(output.written().get(2)).matches("2 entries were dropped since \\S+ because the test .*");
        Await.result(offer(delivery, link, "next"));
        assertThat(output.written()).hasSize(4).endsWith("next");
        assertThat(delivery.health(link).healthy()).isTrue();
    }

    @Test
    void doesNotLetMoreWaitThanTheQueueHolds() {
        Delivery delivery = start();
        LinkQueue link = link(2, LONG);
        output.blocks();
        CompletableFuture<Void> unused = offer(delivery, link, "0");
        output.awaitBlocked();
        for (int i = 1; i < 4; i++) {
            assertThat(offer(delivery, link, "" + i)).isNotDone();
        }
        fails(offer(delivery, link, "4"), "the entry was dropped");
    }

    @Test
    void boundsTheQueueByBytesButTakesOneThatIsLargerThanAll() {
        Delivery delivery = start();
        LinkQueue link = link(1000, SHORT);
        output.blocks();
        CompletableFuture<Void> large = offer(delivery, link, "x".repeat(BYTES + 1));
        output.awaitBlocked();
        CompletableFuture<Void> small = offer(delivery, link, "x");
        fails(small, "the entry was dropped");
        fails(large, "the entry was kept");
    }

    @Test
    void aLinkThatFillsItsQueueHoldsUpNoOther() {
        Delivery delivery = start();
        LinkQueue loud = link(2, LONG);
        LinkQueue quiet = link(2, LONG);
        output.blocks();
        CompletableFuture<Void> first = offer(delivery, loud, "loud 0");
        output.awaitBlocked();
        for (int i = 1; i < 4; i++) {
            assertThat(offer(delivery, loud, "loud " + i)).isNotDone();
        }
        fails(offer(delivery, loud, "too loud"), "dropped");
        CompletableFuture<Void> heard = offer(delivery, quiet, "quiet");
        assertThat(heard).isNotDone();

        output.works();
        Await.result(first);
        Await.result(heard);
        assertThat(output.written().indexOf("quiet"))
                .isLessThan(output.written().indexOf("loud 2"));
    }

    @Test
    void countsLinesInTheMemoryOfTheirLinkForAsLongAsTheyWait() {
        memory = new Budget(1000).share();
        Delivery delivery = start();
        LinkQueue link = link(10, LONG);
        output.blocks();
        CompletableFuture<Void> first = offer(delivery, link, "a");
        output.awaitBlocked();
        CompletableFuture<Void> second = offer(delivery, link, "b");
        fails(offer(delivery, link, "c"), "the entry was dropped, the memory for waiting entries is full");

        output.works();
        Await.result(first);
        Await.result(second);
        Await.until("the memory is given back", () -> memory.used() == 0);
        Await.until("the count is reported", () -> output.written().size() == 3);
        assertThat(output.written().get(2)).startsWith("1 entry was dropped since");
    }

    @Test
    void givesTheMemoryOfLinesBackThatAreRefusedOrExpire() {
        Delivery delivery = start();
        LinkQueue link = link(1, SHORT);
        output.refuses("bad");
        fails(offer(delivery, link, "bad"), "refused");
        assertThat(memory.used()).isZero();
        output.blocks();
        CompletableFuture<Void> kept = offer(delivery, link, "kept");
        output.awaitBlocked();
        long taken = memory.used();
        fails(offer(delivery, link, "late"), "dropped");
        assertThat(memory.used()).isEqualTo(taken);
        fails(kept, "kept");
    }

    @Test
    void keepsLinesWhileTheOutputFailsAndWritesThemWhenItWorks() {
        Delivery delivery = start();
        LinkQueue link = link(10, SHORT);
        output.fails("disk full");
        CompletableFuture<Void> call = offer(delivery, link, "a");
        fails(call, "log error: cannot write to the test: disk full; the entry was kept and will be written");
        assertThat(delivery.health(link).reason()).isEqualTo("cannot write to the test: disk full; trying again");

        output.works();
        Await.until("it is written", () -> output.written().equals(List.of("a")));
        Await.until("health says so", () -> delivery.health(link).healthy());
    }

    @Test
    void goesOnWhateverTheOutputThrows() {
        Delivery delivery = start();
        LinkQueue link = link(10, LONG);
        output.breaks(new OutOfMemoryError("unable to create native thread"));
        CompletableFuture<Void> call = offer(delivery, link, "a");
        Await.until("it is tried again", () -> output.attempts() > 3);
        assertThat(delivery.health(link).reason()).contains("unable to create native thread");

        output.works();
        Await.result(call);
        assertThat(output.written()).containsExactly("a");
    }

    @Test
    void startsAsSoonAsThereIsAThreadToBeHad() {
        AtomicInteger refusals = new AtomicInteger(3);
        ThreadFactory real = threads;
        threads = task -> {
            if (refusals.getAndDecrement() > 0) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            return real.newThread(task);
        };
        Delivery delivery = start();
        LinkQueue link = link(10, LONG);
        Await.result(offer(delivery, link, "a"));
        assertThat(delivery.health(link).healthy()).isTrue();
    }

    @Test
    void noticesWithoutAnyLineThatTheOutputFailsAndThatItWorks() {
        output.fails("no such folder");
        Delivery delivery = start();
        LinkQueue link = link(10, SHORT);
        Await.until("it fails", () -> !delivery.health(link).healthy());
        output.works();
        Await.until("it works", () -> delivery.health(link).healthy());
    }

    @Test
    void givesUpOnlyWhatTheOutputRefuses() {
        Delivery delivery = start();
        LinkQueue link = link(10, LONG);
        output.refuses("bad");
        fails(offer(delivery, link, "bad"), "log error: the test refused the entry: it is bad");
        Await.result(offer(delivery, link, "good"));
        assertThat(output.written()).containsExactly("good");
        assertThat(delivery.health(link).healthy()).isTrue();
    }

    @Test
    void writesEverythingBeforeItEnds() {
        Delivery delivery = start();
        LinkQueue link = link(100, LONG);
        output.blocks();
        CompletableFuture<Void> unused = offer(delivery, link, "a");
        output.awaitBlocked();
        CompletableFuture<Void> last = offer(delivery, link, "b");
        CompletionStage<Void> end = delivery.close();
        assertThat(end.toCompletableFuture()).isNotDone();
        output.works();
        Await.result(end);
        assertThat(last).isCompleted();
        assertThat(output.written()).containsExactly("a", "b");
        assertThat(output.isClosed()).isTrue();
        assertThat(delivery.reopen()).isFalse();
        fails(offer(delivery, link, "late"), "the entry was dropped");
    }

    @Test
    void givesUpSomeTimeAfterItIsClosedWhenTheOutputGoesOnFailing() {
        farewell = SHORT;
        Delivery delivery = start();
        LinkQueue link = link(100, LONG);
        output.fails("disk full");
        CompletableFuture<Void> lost = offer(delivery, link, "lost");
        CompletionStage<Void> flush = delivery.flush(link);
        Await.until("it is tried again", () -> output.attempts() > 3);
        assertThat(lost).isNotDone();

        Await.result(delivery.close());
        fails(lost, "disk full; the entry was dropped");
        Await.result(flush);
        assertThat(output.isClosed()).isTrue();
        assertThat(memory.used()).isZero();
    }

    @Test
    void goesOnWhenItIsOpenedAgainBeforeItsEnd() {
        Delivery delivery = start();
        LinkQueue link = link(100, LONG);
        output.blocks();
        CompletableFuture<Void> unused = offer(delivery, link, "a");
        output.awaitBlocked();
        CompletionStage<Void> end = delivery.close();
        assertThat(delivery.reopen()).isTrue();
        output.works();
        Await.result(offer(delivery, link, "b"));
        assertThat(output.isClosed()).isFalse();
        assertThat(end.toCompletableFuture()).isNotDone();
    }

    private Delivery start() {
        Delivery.Timing timing = new Delivery.Timing(Duration.ofMillis(5), farewell);
        Delivery delivery = new Delivery("the test", output, timing, threads, new Background("test"));
        delivery.start();
        started.add(delivery);
        return delivery;
    }

    private LinkQueue link(int entries, Duration patience) {
        return new LinkQueue(Entries.TEXT, new Bounds(entries, BYTES, patience), memory);
    }

    private static CompletableFuture<Void> offer(Delivery delivery, LinkQueue link, String text) {
        return delivery.offer(link, Entries.line(text)).toCompletableFuture();
    }

    private static void fails(CompletableFuture<Void> call, String text) {
        assertThatThrownBy(() -> Await.result(call))
                .isInstanceOf(RpcException.class)
                .hasMessageContaining(text);
    }
}
