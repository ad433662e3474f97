package com.wasmcloud.provider.support;

import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.contract.rpc.RpcException.Code;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A number of units, bytes or calls, for all links of a process, with a fair share for each.
 *
 * <p>A share that is alone may take the whole budget. With others it gets more only while what it then has is at most three
 * times what is left of a capacity of four thirds of the budget: two greedy shares end up with four sevenths of the budget
 * each, and there is always room for a newcomer. While a share waits in line that would not get more than such a fair part,
 * those that have more get nothing.
 *
 * <p>Thread-safe. As long as nobody waits, {@link Share#tryTake} and {@link Share#give} take no lock and make no object.
 */
public final class Budget {
    /** How much a share may have for each unit that is left. */
    private static final int GREED = 3;

    private static final long LARGEST = 1_000_000_000_000_000_000L;

    private final long most;
    private final String refusal;
    private final AtomicLong total = new AtomicLong();
    private final Background background = new Background("budget");
    /** Guarded by this object, as are changes of the fields below it. */
    private final Set<Share> shares = new HashSet<>();

    private final Deque<Turn> line = new ArrayDeque<>();
    private volatile boolean anyWaits;
    /** The most a share may have for now. */
    private volatile long limit = Long.MAX_VALUE;

    /** @param most units that one share has when it has them all */
    public Budget(long most) {
        this(most, "more is in progress than there is room for");
    }

    /**
     * A budget that says in its own words that there is no room.
     *
     * @param why the middle of the sentence {@code overloaded: …; try again later}
     */
    public Budget(long most, String why) {
        if (most < 1 || most > LARGEST) {
            throw new IllegalArgumentException("a budget must be from 1 to " + LARGEST + ", not " + most);
        }
        this.most = most;
        this.refusal = "overloaded: " + why + "; try again later";
    }

    /** Units that one share has when it has them all; a larger amount is never taken. */
    public long most() {
        return most;
    }

    /** Units in use right now: up to {@link #most} by one share, up to four thirds of it by many. */
    public long used() {
        return total.get();
    }

    /** A share for a link, which closes it. */
    public Share share() {
        Share share = new Share();
        synchronized (this) {
            shares.add(share);
        }
        return share;
    }

    /** What one link has of the budget. Thread-safe. */
    public final class Share implements AutoCloseable {
        private final AtomicLong used = new AtomicLong();
        private volatile boolean closed;

        private Share() {}

        /** Takes units, which must be given back; or nothing, and says false, when there is no room for them. */
        public boolean tryTake(long amount) {
            if (!hasRoom(amount)) {
                return false;
            }
            if (reserve(amount)) {
                return true;
            }
            if (anyWaits) {
                admit(); // one may have found no room only because of this attempt
            }
            return false;
        }

        private boolean hasRoom(long amount) {
            return !closed && amount >= 0 && amount <= most && fits(used.get() + amount, total.get() + amount);
        }

        private boolean reserve(long amount) {
            used.addAndGet(amount); // first here and in give last, so that the total has no more than the shares
            for (long before = total.get(); fits(used.get(), before + amount); before = total.get()) {
                if (total.compareAndSet(before, before + amount)) {
                    return true;
                }
            }
            used.addAndGet(-amount);
            return false;
        }

        private boolean fits(long mine, long all) {
            return mine <= limit && mine + GREED * all <= (GREED + 1) * most;
        }

        /** Gives back units that were taken. */
        public void give(long amount) {
            total.addAndGet(-amount);
            used.addAndGet(-amount);
            if (anyWaits) {
                admit();
            }
        }

        /**
         * Takes units, or waits in line for them: behind what this share waits for already, but not behind a share that has
         * more.
         *
         * @return completes with the units, on a thread that may block when they were waited for; fails with {@link
         *     Code#OVERLOADED} when they do not come in time
         */
        public CompletionStage<Lease> take(long amount, Duration patience) {
            Turn turn = new Turn(this, amount);
            if (!anyWaits && tryTake(amount)) {
                turn.run();
            } else if (amount < 0 || amount > most) {
                turn.refuse();
            } else {
                line(turn, patience);
            }
            return turn.result;
        }

        /** Units that this share has when it has them all; a larger amount is never taken. */
        public long most() {
            return most;
        }

        /** Units in use right now. */
        public long used() {
            return used.get();
        }

        /** Takes nothing any more, and refuses those that wait; what is in use must still be given back. */
        @Override
        public void close() {
            closed = true;
            List<Turn> refused = new ArrayList<>();
            synchronized (Budget.this) {
                shares.remove(this);
                line.stream().filter(turn -> turn.share == this).forEach(refused::add);
            }
            refused.forEach(Budget.this::giveUp);
        }
    }

    /** Units of a share, until this is closed. Thread-safe. */
    public static final class Lease implements AutoCloseable {
        private static final long CLOSED = -1;

        private final Share share;
        private final AtomicLong amount;

        private Lease(Share share, long amount) {
            this.share = share;
            this.amount = new AtomicLong(amount);
        }

        /** How many units; 0 when closed. */
        public long amount() {
            return Math.max(0, amount.get());
        }

        /** Takes more units; or nothing, and says false, when there is no room for them or this is closed. */
        public boolean grow(long more) {
            if (!share.tryTake(more)) {
                return false;
            }
            long before = amount.getAndUpdate(now -> now == CLOSED ? CLOSED : now + more);
            if (before == CLOSED) {
                share.give(more);
            }
            return before != CLOSED;
        }

        /** Gives back some units, all that there are at the most. */
        public void shrink(long fewer) {
            long before = amount.getAndUpdate(now -> now == CLOSED ? CLOSED : Math.max(0, now - fewer));
            if (before != CLOSED) {
                share.give(Math.min(before, fewer));
            }
        }

        /** Gives all units back; once more changes nothing. */
        @Override
        public void close() {
            long before = amount.getAndSet(CLOSED);
            if (before != CLOSED) {
                share.give(before);
            }
        }
    }

    /** One that waits, or that need not. All that it will need is made before units are taken: then nothing can fail. */
    private final class Turn implements Runnable {
        private final Share share;
        private final long amount;
        private final Lease lease;
        private final CompletableFuture<Lease> result = new CompletableFuture<>();
        private final AtomicBoolean over = new AtomicBoolean();

        Turn(Share share, long amount) {
            this.share = share;
            this.amount = amount;
            this.lease = new Lease(share, amount);
        }

        /** The units have been taken. */
        @Override
        public void run() {
            if (over.compareAndSet(false, true) && !result.complete(lease)) {
                lease.close(); // who wanted them has given up
            }
        }

        void refuse() {
            result.completeExceptionally(RpcException.of(Code.OVERLOADED, refusal));
        }
    }

    private void line(Turn turn, Duration patience) {
        ScheduledFuture<?> end =
                background.clock().schedule(() -> giveUp(turn), patience.toNanos(), TimeUnit.NANOSECONDS);
        CompletableFuture<Lease> unused = turn.result.whenComplete((lease, failure) -> {
            end.cancel(false);
            if (failure != null) {
                giveUp(turn); // unless it is this that has made it fail
            }
        });
        synchronized (this) {
            line.add(turn);
            anyWaits = true;
        }
        admit(); // it may have room by now
        if (turn.share.closed) {
            giveUp(turn);
        }
    }

    private void giveUp(Turn turn) {
        boolean waited;
        synchronized (this) {
            waited = line.remove(turn);
        }
        if (waited) {
            turn.refuse();
            admit(); // others may have waited for it
        }
    }

    /** Lets in who has room now, in order of arrival; one that has none holds up only those of its own share. */
    private void admit() {
        List<Turn> admitted = new ArrayList<>();
        synchronized (this) {
            setLimit();
            Set<Share> held = new HashSet<>();
            for (Iterator<Turn> turns = line.iterator(); turns.hasNext(); ) {
                Turn turn = turns.next();
                if (turn.result.isDone()) {
                    turns.remove();
                } else if (!held.contains(turn.share)) {
                    admitted.add(turn);
                    if (turn.share.hasRoom(turn.amount) && turn.share.reserve(turn.amount)) {
                        turns.remove();
                    } else {
                        admitted.remove(admitted.size() - 1);
                        held.add(turn.share);
                    }
                }
            }
            anyWaits = !line.isEmpty();
            setLimit();
        }
        for (Turn turn : admitted) {
            try {
                background.run(turn);
            } catch (Throwable e) {
                turn.run(); // no memory for a place in the queue
            }
        }
    }

    /** The fair part of each active share, while one waits that would not get more than that. */
    private void setLimit() {
        Set<Share> waiting = new HashSet<>();
        line.forEach(turn -> waiting.add(turn.share));
        long active = shares.stream()
                .filter(share -> share.used() > 0 || waiting.contains(share))
                .count();
        long part = (GREED + 1) * most / (1 + GREED * active);
        boolean anyHasLess = line.stream().anyMatch(turn -> turn.share.used() + turn.amount <= part);
        limit = anyHasLess ? part : Long.MAX_VALUE;
    }
}
