package com.wasmcloud.blobstore.s3;

import com.wasmcloud.contract.blobstore.Chunk;
import com.wasmcloud.contract.blobstore.ChunkReceiver;
import com.wasmcloud.contract.blobstore.ChunkResponse;
import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.provider.support.Causes;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bytes of an object on their way from S3 to an actor, in chunks: the first one is the answer to its call, the others
 * are calls to it, one after the other. One chunk is collected while the one before is with the actor; S3 is asked for more
 * only when there is room.
 *
 * <p>Thread-safe.
 */
final class Download implements Subscriber<ByteBuffer> {
    private static final Logger LOG = LoggerFactory.getLogger(Download.class);

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final ChunkPlan plan;
    private final ChunkReceiver receiver;
    private final String actor;
    private final CompletableFuture<Chunk> first = new CompletableFuture<>();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private @Nullable Subscription subscription;
    /** Where the chunk that is being collected begins, counted from the first byte wanted. */
    private long begin;

    private byte[] collected;
    private int filled;
    private ByteBuffer leftOver = NOTHING;
    private boolean delivering;
    private boolean asked;
    private boolean complete;

    Download(ChunkPlan plan, ChunkReceiver receiver, String actor) {
        this.plan = plan;
        this.receiver = receiver;
        this.actor = actor;
        this.collected = new byte[plan.sizeAt(0)];
    }

    /** The first chunk. */
    CompletionStage<Chunk> first() {
        return first;
    }

    /** Completes when no more follows, for whatever reason. */
    CompletionStage<Void> end() {
        return end;
    }

    @Override
    public void onSubscribe(Subscription made) {
        synchronized (this) {
            subscription = made;
        }
        proceed();
    }

    @Override
    public void onNext(ByteBuffer bytes) {
        synchronized (this) {
            leftOver = bytes;
            asked = false;
        }
        proceed();
        synchronized (this) {
            if (leftOver.hasRemaining()) { // lent until now
                leftOver = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
            } else {
                leftOver = NOTHING;
            }
        }
    }

    @Override
    public void onError(Throwable failure) {
        giveUp(Failures.reason(failure));
    }

    @Override
    public void onComplete() {
        boolean early;
        synchronized (this) {
            complete = true;
            early = begin + filled + leftOver.remaining() < plan.length();
        }
        if (early) {
            giveUp("S3 ended the object early");
        } else {
            proceed();
        }
    }

    /** Does what can be done: fills the chunk, hands it on when it is full, asks for more when it is not. */
    private void proceed() {
        for (Chunk next = next(); next != null; next = next()) {
            Chunk chunk = next;
            CompletableFuture<Boolean> delivery =
                    deliver(chunk).thenApply(wanted -> delivered(chunk, wanted)).toCompletableFuture();
            if (!delivery.isDone()) { // what follows is collected meanwhile
                CompletionStage<Void> unused = delivery.thenAccept(wanted -> {
                    if (wanted) {
                        proceed();
                    }
                });
            }
        }
    }

    /** The chunk that is to be delivered now, if there is one. */
    private @Nullable Chunk next() {
        Subscription source;
        synchronized (this) {
            source = subscription;
            if (end.isDone() || source == null) {
                return null;
            }
            int count = Math.min(leftOver.remaining(), collected.length - filled);
            leftOver.get(collected, filled, count);
            filled += count;
            boolean full = filled == collected.length;
            if (full && delivering) {
                return null; // the actor has the chunk before
            }
            // the last one waits until S3 has said that all is well, and the checksum is right
            if (full && (complete || begin + filled < plan.length())) {
                Chunk chunk = plan.chunk(begin, collected);
                delivering = true;
                begin += filled;
                collected = new byte[plan.sizeAt(begin)];
                filled = 0;
                return chunk;
            }
            if (asked) {
                return null;
            }
            asked = true;
        }
        source.request(1);
        return null;
    }

    /** Hands a chunk on; completes with whether more is wanted, and never fails. */
    private CompletionStage<Boolean> deliver(Chunk chunk) {
        if (first.complete(chunk)) {
            return CompletableFuture.completedFuture(true);
        }
        return received(chunk).handle((response, failure) -> {
            if (failure != null) {
                giveUp("the actor failed to receive the chunk at %d: %s"
                        .formatted(chunk.offset(), Causes.unwrap(failure).getMessage()));
            }
            return failure == null && !response.cancelDownload();
        });
    }

    /** Whatever goes wrong on the way ends the download, and nothing else. */
    private CompletionStage<ChunkResponse> received(Chunk chunk) {
        try {
            return receiver.receiveChunk(chunk);
        } catch (Throwable e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private boolean delivered(Chunk chunk, boolean more) {
        if (chunk.isLast()) {
            end.complete(null);
        } else if (!more) {
            stop();
        }
        synchronized (this) {
            delivering = false;
        }
        return !end.isDone();
    }

    /** Ends it before its end. */
    void giveUp(String why) {
        if (end.isDone()) {
            return;
        }
        if (!first.completeExceptionally(RpcException.backend("cannot get " + plan + ": " + why, null))) {
            LOG.warn("the download of {} for actor {} ended early: {}", plan, actor, why);
        }
        stop();
    }

    private void stop() {
        Subscription source;
        synchronized (this) {
            source = subscription;
            collected = new byte[0];
        }
        end.complete(null);
        if (source != null) {
            source.cancel();
        }
    }
}
