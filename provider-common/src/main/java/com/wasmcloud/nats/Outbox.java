package com.wasmcloud.nats;

import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.contract.rpc.RpcException.Code;
import com.wasmcloud.provider.support.Background;
import com.wasmcloud.provider.support.Heap;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/**
 * Bounds what waits in the client to be sent, so that a server that takes nothing, such as a frozen one, does not fill the
 * memory. A message that is not small belongs to a window, which the server empties by confirming that it has received all
 * that was sent; when the window is full, the message waits in line.
 *
 * <p>Thread-safe. Small messages are not looked at; the client itself bounds their number.
 */
final class Outbox {
    private static final long SMALL = 4096;
    private static final long WINDOW = Heap.share(0.125, 4 << 20, 32 << 20);
    private static final Duration LOOKED_AT_EVERY = Duration.ofMillis(50);

    private final Flush server;
    private final Background background = new Background("nats-flush");
    private final Queue<Waiting> line = new ArrayDeque<>();
    /** Bytes that the server has not confirmed. */
    private long unconfirmed;

    private boolean confirming;

    /** Asks the server to confirm all that was sent so far. */
    @FunctionalInterface
    interface Flush {
        /** Waits for that; false when it does not come. */
        boolean confirmed() throws InterruptedException;
    }

    private record Waiting(long size, long until, CompletableFuture<Void> turn) {}

    Outbox(Flush server) {
        this.server = server;
    }

    /** Takes room for a message, if there is some and nobody waits. */
    boolean takeRoom(long size) {
        if (size <= SMALL) {
            return true;
        }
        synchronized (this) {
            boolean room = line.isEmpty() && fits(size);
            if (room) {
                take(size);
            }
            return room;
        }
    }

    private boolean fits(long size) {
        return unconfirmed == 0 || unconfirmed + size <= WINDOW;
    }

    private void take(long size) {
        unconfirmed += size;
        if (unconfirmed > WINDOW / 2) {
            confirm();
        }
    }

    /** The same, in line. */
    CompletionStage<Void> room(long size, Duration patience) {
        CompletableFuture<Void> turn = new CompletableFuture<>();
        synchronized (this) {
            line.add(new Waiting(size, System.nanoTime() + patience.toNanos(), turn));
            confirm();
            if (line.size() == 1) {
                background.after(LOOKED_AT_EVERY, this::look);
            }
        }
        return turn;
    }

    /**
     * Has something tried until it succeeds, first in a moment.
     *
     * @return fails with OVERLOADED when that takes too long, and with what an attempt throws
     */
    CompletionStage<Void> retry(BooleanSupplier attempt, Duration patience) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        retryLater(attempt, System.nanoTime() + patience.toNanos(), done);
        return done;
    }

    private void retryLater(BooleanSupplier attempt, long until, CompletableFuture<Void> done) {
        background.after(LOOKED_AT_EVERY, () -> {
            try {
                if (attempt.getAsBoolean()) {
                    done.complete(null);
                } else if (until - System.nanoTime() < 0) {
                    done.completeExceptionally(overloaded());
                } else {
                    retryLater(attempt, until, done);
                }
            } catch (Throwable e) {
                done.completeExceptionally(e);
            }
        });
    }

    static RpcException overloaded() {
        return RpcException.of(
                Code.OVERLOADED, "overloaded: NATS takes messages more slowly than they come; try again later");
    }

    private synchronized void confirm() {
        if (!confirming) {
            confirming = true;
            background.run(this::waitForServer);
        }
    }

    private void waitForServer() {
        long sent;
        synchronized (this) {
            sent = unconfirmed;
        }
        boolean confirmed = false;
        try {
            confirmed = server.confirmed();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            synchronized (this) {
                unconfirmed -= confirmed ? sent : 0;
                confirming = false;
                if (unconfirmed > WINDOW / 2 && confirmed) {
                    confirm();
                }
            }
            admit();
        }
    }

    /** While somebody waits: lets those go who have waited too long, and asks the server again if it did not answer. */
    private void look() {
        admit();
        synchronized (this) {
            if (!line.isEmpty()) {
                confirm();
                background.after(LOOKED_AT_EVERY, this::look);
            }
        }
    }

    private void admit() {
        List<Waiting> admitted = new ArrayList<>();
        List<Waiting> late = new ArrayList<>();
        synchronized (this) {
            long now = System.nanoTime();
            for (Iterator<Waiting> waiting = line.iterator(); waiting.hasNext(); ) {
                Waiting next = waiting.next();
                if (fits(next.size)) {
                    take(next.size);
                    admitted.add(next);
                    waiting.remove();
                } else if (next.until - now < 0) {
                    late.add(next);
                    waiting.remove();
                }
            }
        }
        admitted.forEach(next -> next.turn.complete(null));
        late.forEach(next -> next.turn.completeExceptionally(overloaded()));
    }
}
