package com.wasmcloud.blobstore.s3;

import com.wasmcloud.contract.blobstore.Chunk;
import com.wasmcloud.contract.blobstore.ChunkReceiver;
import com.wasmcloud.contract.blobstore.ContainerObject;
import com.wasmcloud.contract.blobstore.GetObjectRequest;
import com.wasmcloud.contract.blobstore.GetObjectResponse;
import com.wasmcloud.contract.blobstore.ObjectMetadata;
import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.provider.support.Causes;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.s3.model.ChecksumMode;

/** Objects that a link reads: whole in the answer, or the first chunk there and the others after it. Thread-safe. */
final class Downloads {
    private final S3Settings settings;
    private final TransferMemory memory;
    private final ChunkReceiver receiver;
    private final String actor;
    private final Set<Download> underWay = ConcurrentHashMap.newKeySet();

    Downloads(S3Settings settings, TransferMemory memory, ChunkReceiver receiver, String actor) {
        this.settings = settings;
        this.memory = memory;
        this.receiver = receiver;
        this.actor = actor;
    }

    CompletionStage<GetObjectResponse> get(S3Call s3, GetObjectRequest request) {
        StoredObjects.checkName(request.objectId());
        ByteRange range = ByteRange.of(request);
        if (range.isEmpty()) {
            return nothing(s3, request);
        }
        String bucket = settings.containers().bucket(request.containerId());
        CompletionStage<ObjectBody> answer = s3.send(client -> client.getObject(
                get -> {
                    get.bucket(bucket).key(request.objectId());
                    if (!range.isWhole()) {
                        get.range(range.header());
                    } else if (settings.server().checksums()) { // a part has none of its own
                        get.checksumMode(ChecksumMode.ENABLED);
                    }
                },
                new ObjectBody.Receiver()));
        return answer.thenCompose(found -> begin(request, range, found)).exceptionallyCompose(failure -> {
            if (Failures.status(failure) == 416) {
                return nothing(s3, request);
            }
            return CompletableFuture.failedFuture(
                    Failures.status(failure) == 404
                            ? StoredObjects.notFound(request.containerId(), request.objectId())
                            : s3.explained("get " + name(request), failure));
        });
    }

    private static String name(GetObjectRequest request) {
        return StoredObjects.named(request.containerId(), request.objectId());
    }

    /** A part that has no bytes, of an object that must be there all the same. */
    private CompletionStage<GetObjectResponse> nothing(S3Call s3, GetObjectRequest request) {
        return new StoredObjects(s3, settings)
                .info(new ContainerObject(request.containerId(), request.objectId()))
                .thenApply(info -> nothing(request, info));
    }

    private static GetObjectResponse nothing(GetObjectRequest request, ObjectMetadata info) {
        Chunk chunk = new Chunk(request.objectId(), request.containerId(), Bytes.EMPTY, 0, true);
        return new GetObjectResponse(
                true, Optional.empty(), Optional.of(chunk), 0, info.contentType(), info.contentEncoding());
    }

    private CompletionStage<GetObjectResponse> begin(GetObjectRequest request, ByteRange range, ObjectBody body) {
        software.amazon.awssdk.services.s3.model.GetObjectResponse head = body.head();
        Long length = head.contentLength();
        boolean asWanted =
                range.isWhole() || String.valueOf(head.contentRange()).startsWith(range.answer());
        if (length == null || length < 0 || !asWanted) {
            body.refuse();
            throw RpcException.backend(
                    "cannot get %s: S3 %s"
                            .formatted(name(request), asWanted ? "does not tell its size" : "gives another range"),
                    null);
        }
        boolean whole = length <= settings.transfers().maxInitialChunk();
        ChunkPlan plan = new ChunkPlan(
                request,
                range.first(),
                length,
                whole ? (int) (long) length : settings.transfers().maxChunk());
        return memory.forReading(whole ? length : 2L * settings.transfers().maxChunk())
                .whenComplete((room, failure) -> {
                    if (failure != null) {
                        body.refuse();
                    }
                })
                .thenCompose(room -> start(plan, body, room))
                .thenApply(chunk -> new GetObjectResponse(
                        true,
                        Optional.empty(),
                        Optional.of(chunk),
                        length,
                        StoredObjects.present(head.contentType()),
                        StoredObjects.contentEncoding(head.contentEncoding())));
    }

    /** Begins to hand the object on, and gives its first chunk. The memory is given back in the end, whatever happens. */
    CompletionStage<Chunk> start(ChunkPlan plan, ObjectBody body, Room room) {
        Download download;
        try {
            download = new Download(plan, receiver, actor);
            underWay.add(download);
            download.end().whenComplete((end, failure) -> {
                underWay.remove(download);
                room.close();
            });
        } catch (Throwable e) {
            room.close();
            body.refuse();
            return CompletableFuture.failedFuture(e);
        }
        try {
            body.bytes().subscribe(download);
        } catch (Throwable e) {
            download.giveUp(Causes.text(e));
        }
        return download.first();
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
