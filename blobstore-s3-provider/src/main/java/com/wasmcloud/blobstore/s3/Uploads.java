package com.wasmcloud.blobstore.s3;

import com.wasmcloud.contract.blobstore.Chunk;
import com.wasmcloud.contract.blobstore.PutChunkRequest;
import com.wasmcloud.contract.blobstore.PutObjectRequest;
import com.wasmcloud.contract.blobstore.PutObjectResponse;
import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.contract.rpc.RpcException.Code;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Objects that a link stores, at once or in chunks. Thread-safe. */
final class Uploads {
    private static final Logger LOG = LoggerFactory.getLogger(Uploads.class);

    private final S3Connection s3;
    private final S3Settings settings;
    private final Memory memory;
    private final S3Runtime runtime;
    private final Map<String, Upload> open = new ConcurrentHashMap<>();

    Uploads(S3Connection s3, S3Settings settings, S3Runtime runtime) {
        this.s3 = s3;
        this.settings = settings;
        this.memory = runtime.memory(settings.transfers().memory());
        this.runtime = runtime;
    }

    CompletionStage<PutObjectResponse> put(PutObjectRequest request) {
        Chunk chunk = request.chunk();
        Objects.checkName(chunk.objectId());
        if (chunk.offset() != 0) {
            throw RpcException.invalidArgument("the first chunk of %s begins at %s and not at 0"
                    .formatted(
                            Objects.named(chunk.containerId(), chunk.objectId()),
                            Long.toUnsignedString(chunk.offset())));
        }
        Target target = new Target(
                chunk.containerId(),
                settings.containers().bucket(chunk.containerId()),
                chunk.objectId(),
                request.contentType(),
                request.contentEncoding());
        if (chunk.isLast()) {
            return sender(target)
                    .putWhole(Content.of(chunk.bytes()))
                    .thenApply(done -> new PutObjectResponse(Optional.empty()));
        }
        return begin(target, chunk);
    }

    private CompletionStage<PutObjectResponse> begin(Target target, Chunk chunk) {
        String id = UUID.randomUUID().toString();
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
        return upload.accept(chunk)
                .thenApply(done -> new PutObjectResponse(Optional.of(id)))
                .whenComplete((response, failure) -> {
                    if (failure != null) {
                        discard(upload); // nobody knows its id
                    }
                });
    }

    private PartSender sender(Target target) {
        return new PartSender(s3.call(), settings.network(), target);
    }

    CompletionStage<Void> putChunk(PutChunkRequest request) {
        Chunk chunk = request.chunk();
        Optional<Upload> upload = find(request);
        if (upload.isEmpty()) {
            if (request.cancelAndRemove()) {
                return CompletableFuture.completedFuture(null); // as wanted
            }
            throw RpcException.invalidArgument(
                    ("there is no upload of %s under way with that streamId; begin with PutObject"
                                    + " (an upload ends when its last chunk is stored, after a failure of S3, and after %d s"
                                    + " without a chunk)")
                            .formatted(
                                    Objects.named(chunk.containerId(), chunk.objectId()),
                                    settings.transfers().uploadTimeout().toSeconds()));
        }
        return request.cancelAndRemove() ? upload.get().cancel() : upload.get().accept(chunk);
    }

    /** By its id; where none is given, by the name of the object, if that is clear. */
    private Optional<Upload> find(PutChunkRequest request) {
        Chunk chunk = request.chunk();
        Optional<String> id = request.streamId().filter(text -> !text.isEmpty());
        if (id.isPresent()) {
            return Optional.ofNullable(open.get(id.get()))
                    .filter(upload -> upload.isFor(chunk.containerId(), chunk.objectId()));
        }
        List<Upload> candidates = open.values().stream()
                .filter(upload -> upload.isFor(chunk.containerId(), chunk.objectId()))
                .toList();
        return candidates.size() == 1 ? Optional.of(candidates.get(0)) : Optional.empty();
    }

    /** Gives up an upload whose next chunk does not come. */
    private void watch(Upload upload, Duration pause) {
        runtime.background().after(pause, () -> {
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
