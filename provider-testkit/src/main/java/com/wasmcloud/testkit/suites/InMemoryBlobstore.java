package com.wasmcloud.testkit.suites;

import com.wasmcloud.contract.blobstore.Blobstore;
import com.wasmcloud.contract.blobstore.Chunk;
import com.wasmcloud.contract.blobstore.ChunkReceiver;
import com.wasmcloud.contract.blobstore.ContainerMetadata;
import com.wasmcloud.contract.blobstore.ContainerObject;
import com.wasmcloud.contract.blobstore.GetObjectRequest;
import com.wasmcloud.contract.blobstore.GetObjectResponse;
import com.wasmcloud.contract.blobstore.ItemResult;
import com.wasmcloud.contract.blobstore.ListObjectsRequest;
import com.wasmcloud.contract.blobstore.ListObjectsResponse;
import com.wasmcloud.contract.blobstore.ObjectMetadata;
import com.wasmcloud.contract.blobstore.PutChunkRequest;
import com.wasmcloud.contract.blobstore.PutObjectRequest;
import com.wasmcloud.contract.blobstore.PutObjectResponse;
import com.wasmcloud.contract.blobstore.RemoveObjectsRequest;
import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.RpcException;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Supplier;

/**
 * {@code wasmcloud:blobstore} in the memory of this process, with the rules of the real thing: for tests of what uses a
 * blob store.
 *
 * <p>Thread-safe. Owns nothing that needs closing.
 */
public final class InMemoryBlobstore implements Blobstore {
    private record Container(Instant created, NavigableMap<String, Blob> objects) {}

    private record Blob(
            Bytes bytes, Instant modified, Optional<String> contentType, Optional<String> contentEncoding) {}

    private record Upload(PutObjectRequest begin, ByteArrayOutputStream bytes) {}

    private final NavigableMap<String, Container> containers = new TreeMap<>();
    private final Map<String, Upload> uploads = new HashMap<>();
    private final ChunkReceiver receiver;
    private final int largestChunk;

    /** An empty store that gives each object as a whole. */
    public InMemoryBlobstore() {
        this(
                chunk -> CompletableFuture.failedFuture(new IllegalStateException("nobody receives chunks")),
                Integer.MAX_VALUE);
    }

    /**
     * An empty store that gives objects in pieces.
     *
     * @param receiver gets what does not fit into the first chunk
     * @param largestChunk most bytes of a chunk that it gives, at least 1
     */
    public InMemoryBlobstore(ChunkReceiver receiver, int largestChunk) {
        this.receiver = receiver;
        this.largestChunk = largestChunk;
    }

    @Override
    public CompletionStage<Boolean> containerExists(String containerId) {
        return call(() -> containers.containsKey(containerId));
    }

    @Override
    public CompletionStage<Void> createContainer(String containerId) {
        return call(() -> {
            if (containerId.isEmpty()) {
                throw RpcException.invalidArgument("a container must have a name");
            }
            containers.putIfAbsent(containerId, new Container(Instant.now(), new TreeMap<>()));
            return null;
        });
    }

    @Override
    public CompletionStage<ContainerMetadata> getContainerInfo(String containerId) {
        return call(() -> new ContainerMetadata(
                containerId, Optional.of(container(containerId).created())));
    }

    @Override
    public CompletionStage<List<ContainerMetadata>> listContainers() {
        return call(() -> containers.entrySet().stream()
                .map(entry -> new ContainerMetadata(
                        entry.getKey(), Optional.of(entry.getValue().created())))
                .toList());
    }

    @Override
    public CompletionStage<List<ItemResult>> removeContainers(List<String> containerIds) {
        return call(() -> containerIds.stream()
                .filter(containerId -> containers.remove(containerId) == null)
                .map(containerId -> new ItemResult(containerId, false, Optional.of("there is no such container")))
                .toList());
    }

    @Override
    public CompletionStage<Boolean> objectExists(ContainerObject object) {
        return call(() -> {
            Container container = containers.get(object.containerId());
            return container != null && container.objects().containsKey(object.objectId());
        });
    }

    @Override
    public CompletionStage<ObjectMetadata> getObjectInfo(ContainerObject object) {
        return call(
                () -> metadata(object.containerId(), object.objectId(), blob(object.containerId(), object.objectId())));
    }

    @Override
    public CompletionStage<ListObjectsResponse> listObjects(ListObjectsRequest request) {
        return call(() -> {
            String from = request.continuation().or(request::startWith).orElse("");
            long most = request.maxItems().orElse(1_000L);
            List<ObjectMetadata> page = new ArrayList<>();
            for (Map.Entry<String, Blob> entry :
                    container(request.containerId()).objects().tailMap(from).entrySet()) {
                if (isPastTheEnd(entry.getKey(), request)) {
                    break;
                }
                if (page.size() == most) {
                    return new ListObjectsResponse(page, false, Optional.of(entry.getKey()));
                }
                page.add(metadata(request.containerId(), entry.getKey(), entry.getValue()));
            }
            return new ListObjectsResponse(page, true, Optional.empty());
        });
    }

    @Override
    public CompletionStage<List<ItemResult>> removeObjects(RemoveObjectsRequest request) {
        return call(() -> {
            request.objects().forEach(container(request.containerId()).objects()::remove);
            return List.of();
        });
    }

    @Override
    public CompletionStage<PutObjectResponse> putObject(PutObjectRequest request) {
        return call(() -> {
            Chunk chunk = request.chunk();
            container(chunk.containerId());
            if (chunk.offset() != 0) {
                throw RpcException.invalidArgument("an object begins at offset 0");
            }
            Upload upload = new Upload(request, new ByteArrayOutputStream());
            upload.bytes().writeBytes(chunk.bytes().toByteArray());
            if (chunk.isLast()) {
                store(upload);
                return new PutObjectResponse(Optional.empty());
            }
            String streamId = UUID.randomUUID().toString();
            uploads.put(streamId, upload);
            return new PutObjectResponse(Optional.of(streamId));
        });
    }

    @Override
    public CompletionStage<Void> putChunk(PutChunkRequest request) {
        return call(() -> {
            String streamId = request.streamId().orElse("");
            Upload upload = uploads.get(streamId);
            Chunk chunk = request.chunk();
            if (upload == null) {
                throw RpcException.invalidArgument("no object with this streamId is being put");
            }
            if (request.cancelAndRemove()) {
                uploads.remove(streamId);
                return null;
            }
            if (chunk.offset() != upload.bytes().size()) {
                throw RpcException.invalidArgument("the next chunk begins at offset %d, not %s"
                        .formatted(upload.bytes().size(), Long.toUnsignedString(chunk.offset())));
            }
            upload.bytes().writeBytes(chunk.bytes().toByteArray());
            if (chunk.isLast()) {
                uploads.remove(streamId);
                store(upload);
            }
            return null;
        });
    }

    @Override
    public CompletionStage<GetObjectResponse> getObject(GetObjectRequest request) {
        return call(() -> {
            Blob blob = blob(request.containerId(), request.objectId());
            int size = blob.bytes().size();
            int begin = (int) unsignedMin(request.rangeStart().orElse(0L), size);
            int end = (int) unsignedMin(request.rangeEnd().orElse(-1L), size - 1L) + 1;
            int length = Math.max(0, end - begin);
            Chunk first = chunk(request, blob, begin, begin + length);
            if (!first.isLast()) {
                // in another thread: the caller shall have the answer first, and this lock is held
                ForkJoinPool.commonPool().execute(() -> sendAfter(first, request, blob, begin + length));
            }
            return new GetObjectResponse(
                    true, Optional.empty(), Optional.of(first), length, blob.contentType(), blob.contentEncoding());
        });
    }

    private void sendAfter(Chunk previous, GetObjectRequest request, Blob blob, int end) {
        Chunk next =
                chunk(request, blob, (int) previous.offset() + previous.bytes().size(), end);
        receiver.receiveChunk(next).thenAcceptAsync(answer -> {
            if (!answer.cancelDownload() && !next.isLast()) {
                sendAfter(next, request, blob, end);
            }
        });
    }

    private Chunk chunk(GetObjectRequest request, Blob blob, int begin, int end) {
        int length = Math.min(largestChunk, end - begin);
        Bytes bytes = Bytes.wrap(blob.bytes().array(), blob.bytes().offset() + begin, length);
        return new Chunk(request.objectId(), request.containerId(), bytes, begin, begin + length == end);
    }

    private void store(Upload upload) {
        PutObjectRequest begin = upload.begin();
        Chunk chunk = begin.chunk();
        Bytes bytes = Bytes.wrap(upload.bytes().toByteArray());
        container(chunk.containerId())
                .objects()
                .put(chunk.objectId(), new Blob(bytes, Instant.now(), begin.contentType(), begin.contentEncoding()));
    }

    private Container container(String containerId) {
        Container container = containers.get(containerId);
        if (container == null) {
            throw RpcException.backend("there is no container '%s'".formatted(containerId), null);
        }
        return container;
    }

    private Blob blob(String containerId, String objectId) {
        Blob blob = container(containerId).objects().get(objectId);
        if (blob == null) {
            throw RpcException.backend(
                    "there is no object '%s' in container '%s'".formatted(objectId, containerId), null);
        }
        return blob;
    }

    private static boolean isPastTheEnd(String objectId, ListObjectsRequest request) {
        return request.endWith().filter(last -> objectId.compareTo(last) > 0).isPresent()
                || request.endBefore()
                        .filter(end -> objectId.compareTo(end) >= 0)
                        .isPresent();
    }

    private static ObjectMetadata metadata(String containerId, String objectId, Blob blob) {
        return new ObjectMetadata(
                objectId,
                containerId,
                blob.bytes().size(),
                Optional.of(blob.modified()),
                blob.contentType(),
                blob.contentEncoding());
    }

    /** The smaller one, where {@code any} is unsigned and {@code limit} may be -1. */
    private static long unsignedMin(long any, long limit) {
        return any < 0 ? limit : Math.min(any, limit);
    }

    private synchronized <T> CompletionStage<T> call(Supplier<T> body) {
        try {
            return CompletableFuture.completedFuture(body.get());
        } catch (RpcException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }
}
