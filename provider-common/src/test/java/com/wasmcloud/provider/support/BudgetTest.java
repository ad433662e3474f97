package com.wasmcloud.provider.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.contract.rpc.RpcException.Code;
import com.wasmcloud.provider.support.Budget.Lease;
import com.wasmcloud.provider.support.Budget.Share;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BudgetTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final Budget budget = new Budget(700);
    private final Share one = budget.share();
    private final Share other = budget.share();

    @Test
    void givesAllOfItToAShareThatIsAlone() {
        assertThat(takenOneByOne(one)).isEqualTo(700);
        assertThat(budget.used()).isEqualTo(700);
        one.give(700);
        assertThat(one.tryTake(701)).isFalse();
        assertThat(one.tryTake(700)).isTrue();
        assertThat(one.used()).isEqualTo(700);
    }

    @Test
    void hasRoomForANewcomerWhateverAnotherHas() {
        takenOneByOne(one);

        assertThat(takenOneByOne(other)).isEqualTo(175);
        assertThat(takenOneByOne(budget.share())).isPositive();
    }

    @Test
    void givesFourSeventhsToEachOfTwoThatAreGreedy() {
        boolean any = true;
        while (any) {
            boolean first = one.tryTake(1);
            boolean second = other.tryTake(1);
            any = first || second;
        }
        assertThat(one.used()).isEqualTo(400);
        assertThat(other.used()).isEqualTo(400);
    }

    @Test
    void refusesAmountsThatAreNone() {
        assertThat(one.tryTake(-1)).isFalse();
        assertThat(one.tryTake(Long.MAX_VALUE)).isFalse();
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> new Budget(0));
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> new Budget(Long.MAX_VALUE));
    }

    @Test
    void waitsInLineForRoomAndIsServedInOrder() throws Exception {
        one.tryTake(700);
        CompletableFuture<Lease> first = take(one, 600, LONG);
        CompletableFuture<Lease> second = take(one, 100, LONG);

        one.give(150);
        assertThat(first).isNotDone();
        assertThat(second).isNotDone();

        one.give(550);
        assertThat(first.get(20, TimeUnit.SECONDS).amount()).isEqualTo(600);
        assertThat(second.get(20, TimeUnit.SECONDS).amount()).isEqualTo(100);
        assertThat(budget.used()).isEqualTo(700);
    }

    @Test
    void refusesWhoHasWaitedForTooLongAndThenServesTheNext() throws Exception {
        one.tryTake(500);
        CompletableFuture<Lease> large = take(one, 600, Duration.ofMillis(20));
        CompletableFuture<Lease> small = take(one, 200, LONG);

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> large.get(20, TimeUnit.SECONDS))
                .satisfies(e -> assertThat(Causes.unwrap(e))
                        .isInstanceOfSatisfying(RpcException.class, refusal -> assertThat(refusal.code())
                                .isEqualTo(Code.OVERLOADED))
                        .hasMessageStartingWith("overloaded: "));
        assertThat(small.get(20, TimeUnit.SECONDS).amount()).isEqualTo(200);
    }

    @Test
    void refusesAtOnceWhatNeverFits() {
        assertThat(take(one, 701, LONG)).isCompletedExceptionally();
    }

    @Test
    void servesWhoHasLessBeforeWhoHasMore() throws Exception {
        one.tryTake(700);
        CompletableFuture<Lease> modest = take(other, 300, LONG);
        CompletableFuture<Lease> greedy = take(one, 100, LONG);

        for (int i = 0; i < 30 && other.used() == 0; i++) {
            one.give(10);
            assertThat(one.tryTake(10))
                    .as("one that has more, while another waits")
                    .isFalse();
        }
        assertThat(modest.get(20, TimeUnit.SECONDS).amount()).isEqualTo(300);
        assertThat(greedy).isNotDone();

        modest.get().close();
        one.give(200);
        assertThat(greedy.get(20, TimeUnit.SECONDS).amount()).isEqualTo(100);
        assertThat(one.tryTake(10)).as("once nobody waits").isTrue();
    }

    @Test
    void doesNotHoldUpOneShareBehindAnother() {
        one.tryTake(600);
        CompletableFuture<Lease> tooMuch = take(one, 700, LONG);

        assertThat(take(other, 50, LONG)).succeedsWithin(Duration.ofSeconds(20));
        assertThat(other.used()).isEqualTo(50);
        assertThat(tooMuch).isNotDone();
    }

    @Test
    void givesALeaseBackOnceOnly() {
        Lease lease = take(one, 100, LONG).join();
        assertThat(lease.grow(50)).isTrue();
        assertThat(lease.grow(600)).isFalse();
        lease.shrink(30);
        assertThat(budget.used()).isEqualTo(120);
        lease.shrink(1000);
        assertThat(budget.used()).isZero();
        assertThat(lease.grow(10)).isTrue();
        lease.close();
        lease.close();
        lease.shrink(5);

        assertThat(lease.grow(10)).isFalse();
        assertThat(lease.amount()).isZero();
        assertThat(budget.used()).isZero();
        assertThat(one.used()).isZero();
    }

    @Test
    void takesBackWhatNobodyWaitsForAnyMore() throws Exception {
        one.tryTake(700);
        CompletableFuture<Lease> abandoned = take(one, 400, LONG);
        CompletableFuture<Lease> next = take(one, 700, LONG);
        abandoned.cancel(false);

        one.give(700);

        assertThat(next.get(20, TimeUnit.SECONDS).amount()).isEqualTo(700);
        assertThat(budget.used()).isEqualTo(700);
    }

    @Test
    void holdsNobodyUpForOneThatHasGivenUp() {
        one.tryTake(600);
        CompletableFuture<Lease> abandoned = take(other, 400, LONG);
        assertThat(one.tryTake(10)).isFalse();

        abandoned.cancel(false);

        assertThat(one.tryTake(10)).isTrue();
    }

    @Test
    void refusesThoseThatWaitForAClosedShare() {
        one.tryTake(700);
        CompletableFuture<Lease> waits = take(one, 100, LONG);

        one.close();

        assertThat(waits).isCompletedExceptionally();
        assertThat(one.tryTake(0)).isFalse();
        one.give(700);
        assertThat(budget.used()).isZero();
        assertThat(takenOneByOne(other)).isEqualTo(700);
    }

    @Test
    void losesNoUnitAndHandsOutNoneTwiceWithManyThreads() throws Exception {
        AtomicLong inUse = new AtomicLong();
        AtomicReference<@Nullable Throwable> wrong = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Share share = i % 2 == 0 ? one : other;
            Thread thread = new Thread(() -> {
                for (int round = 0; round < 5_000 && wrong.get() == null; round++) {
                    try {
                        useSome(share, inUse);
                    } catch (Throwable e) {
                        wrong.compareAndSet(null, e);
                    }
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(wrong.get()).isNull();
        assertThat(budget.used()).isZero();
        assertThat(one.used()).isZero();
        assertThat(other.used()).isZero();
        assertThat(one.tryTake(700)).isTrue();
    }

    private static void useSome(Share share, AtomicLong inUse) throws Exception {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long amount = random.nextLong(1, 400);
        if (random.nextInt(4) > 0) {
            if (share.tryTake(amount)) {
                assertThat(inUse.addAndGet(amount)).isLessThanOrEqualTo(700 * 4 / 3);
                inUse.addAndGet(-amount);
                share.give(amount);
            }
            return;
        }
        try (Lease lease = share.take(amount, LONG).toCompletableFuture().get(50, TimeUnit.SECONDS)) {
            assertThat(inUse.addAndGet(amount)).isLessThanOrEqualTo(700 * 4 / 3);
            inUse.addAndGet(-amount);
            assertThat(lease.amount()).isEqualTo(amount);
        }
    }

    private static CompletableFuture<Lease> take(Share share, long amount, Duration patience) {
        return share.take(amount, patience).toCompletableFuture();
    }

    private static long takenOneByOne(Share share) {
        while (share.tryTake(1)) {
            // until there is no more
        }
        return share.used();
    }
}
