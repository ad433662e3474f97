package com.wasmcloud.blobstore.s3;

import com.wasmcloud.contract.blobstore.Chunk;
import com.wasmcloud.contract.blobstore.PutChunkRequest;
import com.wasmcloud.contract.blobstore.PutObjectRequest;
import com.wasmcloud.contract.blobstore.PutObjectResponse;
import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.contract.rpc.RpcException.Code;
import com.wasmcloud.provider.support.Background;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Objects that a link stores, at once or in chunks: which chunk belongs to which upload, by {@code streamId} or by name,
 * and which uploads are given up. Thread-safe.
 */
final class Uploads {
    private static final Logger LOG = LoggerFactory.getLogger(Uploads.class);

    /** The requests of the call that the current thread is serving. */
    private final Supplier<S3Call> s3;

    private final S3Settings settings;
    private final TransferMemory memory;
    private final Background background;
    private final Instances instances;
    private final Map<String, Upload> open = new ConcurrentHashMap<>();

    Uploads(
            Supplier<S3Call> s3,
            S3Settings settings,
            TransferMemory memory,
            Background background,
            Instances instances) {
        this.s3 = s3;
        this.settings = settings;
        this.memory = memory;
        this.background = background;
        this.instances = instances;
    }

    CompletionStage<PutObjectResponse> put(PutObjectRequest request) {
        Chunk chunk = request.chunk();
        ObjectName object = settings.containers().object(chunk.containerId(), chunk.objectId());
        if (chunk.offset() != 0) {
            throw RpcException.invalidArgument("the first chunk of %s begins at %s and not at 0"
                    .formatted(object, Long.toUnsignedString(chunk.offset())));
        }
        UploadTarget target = new UploadTarget(object, request.contentType(), request.contentEncoding());
        if (chunk.isLast()) {
            return sender(target)
                    .putWhole(CollectedBytes.of(chunk.bytes().asByteBuffer()))
                    .thenApply(done -> new PutObjectResponse(Optional.empty()));
        }
        return begin(target, chunk);
    }

    private CompletionStage<PutObjectResponse> begin(UploadTarget target, Chunk chunk) {
        String id = instances.newId();
        Upload upload = new Upload(
                target, () -> sender(target), settings.transfers().partSize(), memory, () -> open.remove(id));
        open.put(id, upload);
        if (open.size() > settings.transfers().maxUploads()) {
            open.remove(id);
            throw RpcException.of(
                    Code.OVERLOADED,
                    "overloaded: %d uploads of this link are under way; complete or cancel one, or try again later"
                            .formatted(settings.transfers().maxUploads()));
        }
        watch(upload, settings.transfers().uploadTimeout());
        if (!memory.hasRoomToBegin(chunk.bytes().size())) {
            discardForgotten();
        }
        return write(upload, chunk)
                .thenApply(done -> new PutObjectResponse(Optional.of(id)))
                .whenComplete((response, failure) -> {
                    if (failure != null) {
                        discard(upload); // nobody knows its id
                    }
                });
    }

    private static CompletionStage<Void> write(Upload upload, Chunk chunk) {
        return upload.write(chunk.offset(), chunk.bytes().asByteBuffer(), chunk.isLast());
    }

    private PartSender sender(UploadTarget target) {
        return new PartSender(s3.get(), settings.network(), target);
    }

    CompletionStage<Void> putChunk(PutChunkRequest request) {
        Chunk chunk = request.chunk();
        Optional<Upload> upload = find(request);
        if (upload.isEmpty()) {
            Optional<String> owner = request.streamId().flatMap(instances::otherOwner);
            if (owner.isPresent()) {
                return instances.handOver(owner.get(), request);
            }
            if (request.cancelAndRemove()) {
                return CompletableFuture.completedFuture(null); // as wanted
            }
            throw RpcException.invalidArgument(
                    ("there is no upload of %s under way with that streamId; begin with PutObject"
                                    + " (an upload ends when its last chunk is stored, after a failure of S3, and after %d s"
                                    + " without a chunk)")
                            .formatted(
                                    ObjectName.text(chunk.containerId(), chunk.objectId()),
                                    settings.transfers().uploadTimeout().toSeconds()));
        }
        return request.cancelAndRemove() ? upload.get().cancel() : write(upload.get(), chunk);
    }

    /** By its id; where none is given, by the name of the object, if that is clear. */
    private Optional<Upload> find(PutChunkRequest request) {
        Chunk chunk = request.chunk();
        Optional<String> id = request.streamId().filter(text -> !text.isEmpty());
        if (id.isPresent()) {
            return Optional.ofNullable(open.get(id.get()))
                    .filter(upload -> upload.object().is(chunk.containerId(), chunk.objectId()));
        }
        List<Upload> candidates = open.values().stream()
                .filter(upload -> upload.object().is(chunk.containerId(), chunk.objectId()))
                .toList();
        return candidates.size() == 1 ? Optional.of(candidates.get(0)) : Optional.empty();
    }

    /** Gives up an upload whose next chunk does not come. */
    private void watch(Upload upload, Duration pause) {
        background.after(pause, () -> {
            if (!upload.isOpen()) {
                return;
            }
            Duration left = settings.transfers().uploadTimeout().minus(upload.idle());
            if (left.isZero() || left.isNegative()) {
                LOG.warn(
                        "giving up the upload of {}: no chunk came for {} ms",
                        upload,
                        settings.transfers().uploadTimeout().toMillis());
                discard(upload);
            } else {
                watch(upload, left.plusMillis(1));
            }
        });
    }

    /** Gives up those whose actors have probably left, for others want their memory. */
    private void discardForgotten() {
        Duration enough = settings.transfers().uploadTimeout().dividedBy(10);
        open.values().stream()
                .filter(upload -> upload.idle().compareTo(enough) > 0)
                .forEach(upload -> {
                    LOG.warn(
                            "giving up the upload of {}: no chunk came for {} ms, and others need its memory",
                            upload,
                            enough.toMillis());
                    discard(upload);
                });
    }

    private static void discard(Upload upload) {
        CompletionStage<Void> unused = upload.cancel();
    }

    /** Gives up all of them; completes when S3 has removed what it had, or could not. */
    CompletionStage<Void> abandonAll() {
        return CompletableFuture.allOf(open.values().stream()
                .map(upload -> upload.cancel().toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new));
    }
}
