package com.wasmcloud.blobstore.s3;

import com.wasmcloud.contract.blobstore.Chunk;
import com.wasmcloud.contract.blobstore.ChunkReceiver;
import com.wasmcloud.contract.blobstore.GetObjectRequest;
import com.wasmcloud.contract.blobstore.GetObjectResponse;
import com.wasmcloud.provider.CallOptions;
import com.wasmcloud.provider.TraceContext;
import com.wasmcloud.provider.support.Causes;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Objects that a link reads: whole in the answer, or the first chunk there and the others after it. Thread-safe. */
final class Downloads {
    private final S3Settings settings;
    private final TransferMemory memory;
    private final Function<CallOptions, ChunkReceiver> receivers;
    private final String actor;
    private final Set<Download> underWay = ConcurrentHashMap.newKeySet();

    /** @param receivers the actor, called with some options */
    Downloads(
            S3Settings settings, TransferMemory memory, Function<CallOptions, ChunkReceiver> receivers, String actor) {
        this.settings = settings;
        this.memory = memory;
        this.receivers = receivers;
        this.actor = actor;
    }

    CompletionStage<GetObjectResponse> get(S3Call s3, GetObjectRequest request) {
        ObjectName object = settings.containers().object(request.containerId(), request.objectId());
        ByteRange range = ByteRange.of(request.rangeStart(), request.rangeEnd());
        CallOptions calls = calls();
        return new StoredObjects(s3, settings).read(object, range).thenCompose(content -> begin(
                        object, range, content, calls)
                .thenApply(chunk -> response(chunk, content.info())));
    }

    /** How chunks are sent: in the trace of the call that asks for them; the memory of a download has room for them. */
    private CallOptions calls() {
        return CallOptions.DEFAULT.counted(settings.transfers().maxChunk()).traced(TraceContext.current());
    }

    private static GetObjectResponse response(Chunk first, ObjectInfo info) {
        return new GetObjectResponse(
                true, Optional.empty(), Optional.of(first), info.length(), info.contentType(), info.contentEncoding());
    }

    private CompletionStage<Chunk> begin(ObjectName object, ByteRange range, ObjectStream content, CallOptions calls) {
        long length = content.info().length();
        boolean whole = length <= settings.transfers().maxInitialChunk();
        int chunk = whole ? (int) length : settings.transfers().maxChunk();
        ChunkPlan plan = new ChunkPlan(object, length == 0 ? 0 : range.first(), length, chunk);
        Download download = new Download(plan, content, turn -> receivers.apply(calls.after(turn)), actor);
        return memory.forReading(whole ? length : 2L * chunk)
                .whenComplete((room, failure) -> {
                    if (failure != null) {
                        content.cancel("there is no memory for it");
                    }
                })
                .thenCompose(room -> start(download, room));
    }

    /** Begins to hand the object on, and gives its first chunk. The memory is given back in the end, whatever happens. */
    CompletionStage<Chunk> start(Download download, Room room) {
        try {
            underWay.add(download);
            download.end().whenComplete((end, failure) -> {
                underWay.remove(download);
                room.close();
            });
        } catch (Throwable e) {
            room.close();
            download.giveUp(Causes.text(e));
        }
        return download.start();
    }

    /** Completes when those under way have ended. */
    CompletionStage<Void> drain() {
        return CompletableFuture.allOf(underWay.stream()
                .map(download -> download.end().toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new));
    }

    void cancelAll() {
        underWay.forEach(download -> download.giveUp("the link is closed"));
    }
}
