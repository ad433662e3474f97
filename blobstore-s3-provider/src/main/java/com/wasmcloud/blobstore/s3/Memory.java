package com.wasmcloud.blobstore.s3;

import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.contract.rpc.RpcException.Code;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A bound on the bytes that all transfers of the process hold. Who finds no room waits a moment in the order of arrival,
 * and is then told that the provider is overloaded.
 *
 * <p>Thread-safe; never blocks.
 */
final class Memory {
    private static final long PATIENCE_MILLIS = 1000;

    private final long size;
    private final ScheduledExecutorService clock;
    private final Deque<Waiting> queue = new ArrayDeque<>();
    private long used;

    private record Waiting(long bytes, CompletableFuture<Lease> lease) {}

    Memory(long size, ScheduledExecutorService clock) {
        this.size = size;
        this.clock = clock;
    }

    /** So many bytes, until they are given back. */
    final class Lease implements AutoCloseable {
        private final long bytes;
        private final AtomicBoolean returned = new AtomicBoolean();

        private Lease(long bytes) {
            this.bytes = bytes;
        }

        /** Gives the bytes back; once more changes nothing. */
        @Override
        public void close() {
            if (returned.compareAndSet(false, true)) {
                giveBack(bytes);
            }
        }
    }

    /** Reserves bytes. What is larger than all there is, is let in when nobody else is. */
    CompletionStage<Lease> reserve(long bytes) {
        Waiting waiting = new Waiting(bytes, new CompletableFuture<>());
        synchronized (this) {
            if (queue.isEmpty() && fits(bytes)) {
                used += bytes;
                return CompletableFuture.completedFuture(new Lease(bytes));
            }
            queue.add(waiting);
        }
        ScheduledFuture<?> patience = clock.schedule(() -> giveUp(waiting), PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        return waiting.lease.whenComplete((lease, failure) -> patience.cancel(false));
    }

    private boolean fits(long bytes) {
        return used == 0 || used + bytes <= size;
    }

    private void giveBack(long bytes) {
        synchronized (this) {
            used -= bytes;
        }
        admit();
    }

    private void giveUp(Waiting waiting) {
        boolean removed;
        synchronized (this) {
            removed = queue.remove(waiting);
        }
        if (removed) {
            waiting.lease.completeExceptionally(RpcException.of(
                    Code.OVERLOADED,
                    "overloaded: the transfers under way hold all %d bytes of max_memory_bytes; try again later"
                            .formatted(size)));
            admit(); // smaller ones may have waited behind it
        }
    }

    private void admit() {
        List<Waiting> admitted = new ArrayList<>();
        synchronized (this) {
            for (Waiting next = queue.peek(); next != null && fits(next.bytes); next = queue.peek()) {
                used += next.bytes;
                admitted.add(queue.remove());
            }
        }
        admitted.forEach(next -> next.lease.complete(new Lease(next.bytes)));
    }

    /** Bytes that are reserved right now. */
    synchronized long used() {
        return used;
    }
}
