package com.wasmcloud.blobstore.s3;

import com.wasmcloud.contract.blobstore.Chunk;
import com.wasmcloud.contract.blobstore.ChunkReceiver;
import com.wasmcloud.contract.blobstore.ChunkResponse;
import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.provider.support.Causes;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An object on its way to an actor, in chunks: the first one is the answer to its call, the others are calls to it, one
 * after the other. One chunk is collected, encoded and signed while the one before is with the actor.
 *
 * <p>Thread-safe.
 */
final class Download {
    private static final Logger LOG = LoggerFactory.getLogger(Download.class);

    private final ChunkPlan plan;
    private final ObjectStream content;
    private final Function<CompletionStage<?>, ChunkReceiver> receivers;
    private final String actor;
    private final CompletableFuture<Chunk> first = new CompletableFuture<>();
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    // what follows is used by one step at a time
    /** Bytes in all chunks so far, and in the one that is being collected. */
    private long begun;

    private CompletableFuture<Prepared> next = new CompletableFuture<>();

    /** Of the chunk that is prepared; fails when the download ends before. */
    private volatile CompletableFuture<Void> turn = new CompletableFuture<>();

    /** A chunk that is sent to the actor as soon as it is its turn. */
    private record Prepared(
            long offset, boolean last, CompletableFuture<Void> turn, CompletionStage<ChunkResponse> response) {}

    /** @param receivers the actor as it is called when a stage completes, while the call is prepared at once */
    Download(
            ChunkPlan plan, ObjectStream content, Function<CompletionStage<?>, ChunkReceiver> receivers, String actor) {
        this.plan = plan;
        this.content = content;
        this.receivers = receivers;
        this.actor = actor;
    }

    /** Completes when no more follows, for whatever reason. */
    CompletionStage<Void> end() {
        return end;
    }

    /** Gives the first chunk, and then hands the others to the actor. */
    CompletionStage<Chunk> start() {
        CompletionStage<Void> unused = CompletableFuture.completedFuture(null)
                .thenCompose(none -> collect())
                .thenApply(this::answer)
                .exceptionally(this::failed)
                .thenAccept(this::handOver);
        return first;
    }

    /** Begins to collect the next chunk. */
    private CompletableFuture<Chunk> collect() {
        long at = begun;
        int size = plan.sizeAt(at);
        begun += size;
        return content.read(size).thenApply(bytes -> plan.chunk(at, bytes));
    }

    /** Does all for a chunk that can be done before it is sent. */
    private Prepared prepare(Chunk chunk) {
        CompletableFuture<Void> itsTurn = new CompletableFuture<>();
        turn = itsTurn;
        if (end.isDone()) {
            itsTurn.completeExceptionally(ended());
        }
        return new Prepared(
                chunk.offset(),
                chunk.isLast(),
                itsTurn,
                receivers.apply(itsTurn).receiveChunk(chunk));
    }

    /** Tells whether there is more. */
    private boolean answer(Chunk chunk) {
        if (!chunk.isLast()) {
            next = collect().thenApply(this::prepare);
        }
        first.complete(chunk);
        if (chunk.isLast()) {
            end.complete(null);
        }
        return !end.isDone();
    }

    /** Hands over chunk after chunk, as long as there are more. */
    private void handOver(boolean more) {
        boolean goOn = more;
        while (goOn) {
            CompletableFuture<Boolean> step = next.thenCompose(this::deliver).exceptionally(this::failed);
            if (!step.isDone()) {
                CompletionStage<Void> unused = step.thenAccept(this::handOver);
                return;
            }
            goOn = step.join();
        }
    }

    /** Hands over one chunk, and prepares the next one meanwhile; tells whether there is more. */
    private CompletionStage<Boolean> deliver(Prepared chunk) {
        chunk.turn.complete(null);
        if (!chunk.last) {
            next = collect().thenApply(this::prepare);
        }
        return chunk.response.handle((response, failure) -> {
            if (failure != null) {
                giveUp("the actor failed to receive the chunk at %s: %s"
                        .formatted(chunk.offset, Causes.unwrap(failure).getMessage()));
            } else if (chunk.last) {
                end.complete(null);
            } else if (response.cancelDownload()) {
                stop("the actor wants no more");
            }
            return !end.isDone();
        });
    }

    /** Whatever goes wrong on the way ends the download, and nothing else. */
    private boolean failed(Throwable failure) {
        giveUp(Causes.text(Causes.unwrap(failure)));
        return false;
    }

    /** Ends it before its end. */
    void giveUp(String why) {
        if (end.isDone()) {
            return;
        }
        String object = plan.object().toString();
        if (!first.completeExceptionally(RpcException.backend("cannot get " + object + ": " + why, null))) {
            LOG.warn("the download of {} for actor {} ended early: {}", object, actor, why);
        }
        stop(why);
    }

    private void stop(String why) {
        end.complete(null);
        turn.completeExceptionally(ended());
        content.cancel(why);
    }

    private static CancellationException ended() {
        return new CancellationException("the download has ended");
    }
}
