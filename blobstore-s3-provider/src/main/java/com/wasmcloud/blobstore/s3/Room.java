package com.wasmcloud.blobstore.s3;

import com.wasmcloud.provider.support.Budget.Lease;
import com.wasmcloud.provider.support.Budget.Share;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Stream;

/** Bytes that are taken from several shares at once, until this is closed. Thread-safe. */
final class Room implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final long bytes;
    private final Runnable giveBack;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Room(long bytes, Runnable giveBack) {
        this.bytes = bytes;
        this.giveBack = giveBack;
    }

    /** Takes bytes from each share, in that order, and waits for a moment where there is no room; else OVERLOADED. */
    static CompletionStage<Room> take(long bytes, List<Share> shares) {
        return take(bytes, shares, List.of());
    }

    private static CompletionStage<Room> take(long bytes, List<Share> shares, List<Lease> taken) {
        if (taken.size() == shares.size()) {
            return CompletableFuture.completedFuture(new Room(bytes, () -> taken.forEach(Lease::close)));
        }
        return shares.get(taken.size())
                .take(bytes, PATIENCE)
                .handle((lease, failure) -> {
                    if (failure != null) {
                        taken.forEach(Lease::close);
                        return CompletableFuture.<Room>failedFuture(failure);
                    }
                    try {
                        return take(
                                bytes,
                                shares,
                                Stream.concat(taken.stream(), Stream.of(lease)).toList());
                    } catch (Throwable e) {
                        lease.close();
                        taken.forEach(Lease::close);
                        throw e;
                    }
                })
                .thenCompose(Function.identity());
    }

    /** Takes bytes if there is room for them right now. */
    static Optional<Room> tryTake(long bytes, List<Share> shares) {
        for (int taken = 0; taken < shares.size(); taken++) {
            if (!shares.get(taken).tryTake(bytes)) {
                shares.subList(0, taken).forEach(share -> share.give(bytes));
                return Optional.empty();
            }
        }
        return Optional.of(new Room(bytes, () -> shares.forEach(share -> share.give(bytes))));
    }

    long bytes() {
        return bytes;
    }

    /** Gives the bytes back; once more changes nothing. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            giveBack.run();
        }
    }
}
