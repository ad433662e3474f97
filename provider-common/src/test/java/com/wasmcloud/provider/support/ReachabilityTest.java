package com.wasmcloud.provider.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.provider.support.Reachability.Pauses;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ReachabilityTest {
    private static final String LOGGER = "com.wasmcloud.ReachabilityTest";
    private static final Pauses SHORT = new Pauses(Duration.ofMillis(1), Duration.ofMillis(5));

    private final RecordedLog recorded = new RecordedLog(LOGGER);
    private final Outage outage = new Outage(
            LoggerFactory.getLogger(LOGGER),
            new Outage.Words(org.slf4j.event.Level.WARN, "cannot reach X", "X is reached again"));
    private final BlockingQueue<CompletableFuture<Void>> attempts = new LinkedBlockingQueue<>();
    private final Reachability reachability = reachability(SHORT, AttemptByHand::new);

    /** Ends when the test says so, and is known to the test once it is looked after. */
    private final class AttemptByHand extends CompletableFuture<Void> {
        @Override
        public CompletableFuture<Void> whenComplete(BiConsumer<? super Void, ? super Throwable> action) {
            CompletableFuture<Void> completed = super.whenComplete(action);
            attempts.add(this);
            return completed;
        }
    }

    @AfterEach
    void close() {
        reachability.close();
        recorded.close();
    }

    private Reachability reachability(Pauses pauses, Reachability.Attempt attempt) {
        return new Reachability(new Background("test"), pauses, outage, attempt, Causes::text);
    }

    private CompletableFuture<Void> nextAttempt() throws InterruptedException {
        CompletableFuture<Void> attempt = attempts.poll(20, TimeUnit.SECONDS);
        assertThat(attempt).as("another attempt").isNotNull();
        return attempt;
    }

    @Test
    void triesUntilItIsReachedAndSaysEachReasonOnce() throws InterruptedException {
        reachability.start();
        assertThat(reachability.trouble()).isEmpty();
        for (String why : List.of("refused", "no route", "refused", "refused")) {
            nextAttempt().completeExceptionally(new IllegalStateException(why));
        }
        CompletableFuture<Void> last = nextAttempt();
        assertThat(reachability.trouble()).contains("cannot reach X: refused; trying again");

        last.complete(null);

        assertThat(reachability.trouble()).isEmpty();
        assertThat(recorded.lines())
                .containsExactly(
                        "WARNING cannot reach X: refused; trying again",
                        "WARNING cannot reach X: no route; trying again",
                        "INFO X is reached again");
        assertThat(attempts).isEmpty();
    }

    @Test
    void goesOnWhateverAnAttemptThrows() throws InterruptedException {
        BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>(List.of(
                new OutOfMemoryError("unable to create native thread"),
                new StackOverflowError(),
                new NoClassDefFoundError("X"),
                new IllegalStateException(),
                new Exception("checked")));
        CompletableFuture<Void> reached = new CompletableFuture<>();
        Reachability stubborn = reachability(SHORT, () -> {
            Throwable failure = failures.poll();
            if (failure instanceof Error error) {
                throw error;
            }
            if (failure instanceof Exception exception) {
                throw exception;
            }
            reached.complete(null);
            return reached;
        });
        stubborn.start();

        assertThat(reached).succeedsWithin(Duration.ofSeconds(20));
    }

    @Test
    void goesOnWhenAReasonCannotBePutIntoWords() throws InterruptedException {
        Reachability odd = new Reachability(new Background("test"), SHORT, outage, AttemptByHand::new, failure -> {
            throw new IllegalStateException("no words");
        });
        odd.start();
        nextAttempt().completeExceptionally(new IllegalStateException());
        nextAttempt().complete(null);
        assertThat(odd.trouble()).isEmpty();
    }

    @Test
    void makesOneAttemptAtATimeHoweverOftenItIsLost() throws InterruptedException {
        reachability.lost("gone");
        reachability.lost("gone");
        CompletableFuture<Void> first = nextAttempt();
        reachability.lost("gone");
        reachability.reached();
        reachability.lost("gone again");
        assertThat(attempts).isEmpty();

        first.completeExceptionally(new IllegalStateException("still gone"));
        nextAttempt().complete(null);
        assertThat(attempts).isEmpty();
        assertThat(reachability.trouble()).isEmpty();
    }

    @Test
    void stopsTryingWhatHasBeenSeenToWork() throws InterruptedException {
        reachability.lost("gone");
        CompletableFuture<Void> attempt = nextAttempt();
        reachability.reached();
        attempt.completeExceptionally(new IllegalStateException("late"));

        assertThat(reachability.trouble()).isEmpty();
        reachability.lost("gone once more");
        nextAttempt().complete(null);
        assertThat(recorded.lines())
                .containsExactly(
                        "WARNING cannot reach X: gone; trying again",
                        "INFO X is reached again",
                        "WARNING cannot reach X: gone once more; trying again",
                        "INFO X is reached again");
    }

    @Test
    void makesNoAttemptOnceItIsClosed() throws InterruptedException {
        reachability.start();
        CompletableFuture<Void> attempt = nextAttempt();
        reachability.close();
        attempt.completeExceptionally(new IllegalStateException("late"));
        reachability.lost("gone");
        reachability.start();

        assertThat(attempts.poll(50, TimeUnit.MILLISECONDS)).isNull();
        assertThat(recorded.lines()).isEmpty();
    }

    @Test
    void growsItsPausesAndMakesThemDiffer() {
        Pauses pauses = new Pauses(Duration.ofMillis(100), Duration.ofSeconds(1));
        assertThat(pauses.after(1)).isBetween(Duration.ofMillis(75), Duration.ofMillis(100));
        assertThat(pauses.after(3)).isBetween(Duration.ofMillis(300), Duration.ofMillis(400));
        assertThat(pauses.after(1_000_000)).isBetween(Duration.ofMillis(750), Duration.ofSeconds(1));
    }

    @Test
    void saysWhatItWaitsForWithoutALine() {
        outage.waitsFor("still connecting to X");
        assertThat(outage.sentence()).contains("still connecting to X");
        assertThat(outage.reason()).isEmpty();
        outage.works();
        assertThat(outage.sentence()).isEmpty();
        assertThat(recorded.lines()).isEmpty();
    }

    @Test
    void boundsHowManyReasonsItSays() {
        for (int i = 0; i < 1000; i++) {
            outage.failed("reason " + i);
        }
        assertThat(recorded.lines()).hasSizeLessThan(20);
        assertThat(recorded.lines()).allMatch(line -> line.startsWith(Level.WARNING.getName()));
    }
}
