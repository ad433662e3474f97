package com.wasmcloud.blobstore.s3;

import com.wasmcloud.contract.blobstore.Blobstore;
import com.wasmcloud.contract.blobstore.ChunkReceiver;
import com.wasmcloud.contract.blobstore.ChunkReceiverContract;
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
import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.provider.CallOptions;
import com.wasmcloud.provider.Draining;
import com.wasmcloud.provider.Health;
import com.wasmcloud.provider.HealthReporter;
import com.wasmcloud.provider.Link;
import com.wasmcloud.provider.Spans;
import com.wasmcloud.provider.support.Budget;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The contract {@code wasmcloud:blobstore} for one link, in S3: the messages are those of the
 * contract down to {@link Uploads} and {@link Downloads}, and no further.
 *
 * <p>Thread-safe. Owns the connection and the transfers under way, and ends them.
 */
final class S3Blobstore implements Blobstore, HealthReporter, Draining {
    private final S3Connection connection;
    private final S3Settings settings;
    private final Spans spans;
    private final TransferMemory memory;
    private final Uploads uploads;
    private final Downloads downloads;
    private final SeenContainers seen;
    private final AtomicBoolean closed = new AtomicBoolean();

    private S3Blobstore(
            String actor,
            Function<CallOptions, ChunkReceiver> receivers,
            Budget.Share linkMemory,
            S3Settings settings,
            AccessKey key,
            S3Runtime runtime,
            Spans spans,
            Instances instances) {
        this.connection = S3Connection.open(settings, key, runtime);
        this.settings = settings;
        this.spans = spans;
        memory = new TransferMemory(
                runtime.memory(settings.transfers().memory()),
                linkMemory,
                settings.transfers().partSize());
        uploads = new Uploads(this::call, settings, memory, runtime.background(), instances);
        downloads = new Downloads(settings, memory, receivers, actor);
        seen = new SeenContainers(settings.containers());
    }

    /** Begins to make the client in the background, and returns at once. */
    static S3Blobstore open(Link link, S3Settings settings, S3Runtime runtime) {
        return new S3Blobstore(
                link.peer(),
                options -> link.actor(ChunkReceiverContract.INSTANCE, options),
                link.memory(),
                settings,
                new AccessKey(settings, () -> S3Settings.of(link)),
                runtime,
                link.spans(settings.server().attributes()),
                Instances.of(link, settings));
    }

    /** The same for an actor that is called through its receiver of chunks; reports nothing. */
    static S3Blobstore open(String actor, ChunkReceiver receiver, S3Settings settings, S3Runtime runtime) {
        return open(actor, receiver, settings, new AccessKey(settings, () -> settings), runtime);
    }

    /** The same with an access key that may change. */
    static S3Blobstore open(
            String actor, ChunkReceiver receiver, S3Settings settings, AccessKey key, S3Runtime runtime) {
        Budget.Share memory = new Budget(settings.transfers().memory()).share();
        return new S3Blobstore(
                actor,
                options -> chunk -> options.turn().thenCompose(now -> receiver.receiveChunk(chunk)),
                memory,
                settings,
                key,
                runtime,
                Spans.NONE,
                Instances.alone());
    }

    @Override
    public Health health() {
        return connection.health();
    }

    @Override
    public CompletionStage<Boolean> containerExists(String containerId) {
        return in(containerId, () -> buckets().exists(containerId));
    }

    @Override
    public CompletionStage<Void> createContainer(String containerId) {
        return in(containerId, () -> buckets().create(containerId));
    }

    @Override
    public CompletionStage<ContainerMetadata> getContainerInfo(String containerId) {
        return in(containerId, () -> buckets().exists(containerId).thenApply(there -> {
            if (!there) {
                throw RpcException.backend("Bucket(%s)not found".formatted(containerId), null);
            }
            return new ContainerMetadata(containerId, Optional.empty()); // S3 tells it only to those who may list all
        }));
    }

    @Override
    public CompletionStage<List<ContainerMetadata>> listContainers() {
        return buckets().list().thenApply(BlobstoreMessages::containers);
    }

    @Override
    public CompletionStage<List<ItemResult>> removeContainers(List<String> containerIds) {
        return buckets().remove(containerIds).thenApply(BlobstoreMessages::failures);
    }

    @Override
    public CompletionStage<Boolean> objectExists(ContainerObject object) {
        return in(object.containerId(), () -> objects()
                .exists(settings.containers().object(object.containerId(), object.objectId())));
    }

    @Override
    public CompletionStage<ObjectMetadata> getObjectInfo(ContainerObject object) {
        return guarded(() -> {
            String container =
                    object.containerId().isEmpty() ? seen.theOnlyOne(object.objectId()) : object.containerId();
            return in(container, () -> {
                ObjectName name = settings.containers().object(container, object.objectId());
                return objects().info(name).thenApply(info -> BlobstoreMessages.metadata(name, info));
            });
        });
    }

    @Override
    public CompletionStage<ListObjectsResponse> listObjects(ListObjectsRequest request) {
        return in(request.containerId(), () -> new Listing(call(), settings.containers(), memory)
                .list(BlobstoreMessages.query(request))
                .thenApply(page -> BlobstoreMessages.response(request.containerId(), page)));
    }

    @Override
    public CompletionStage<List<ItemResult>> removeObjects(RemoveObjectsRequest request) {
        return in(request.containerId(), () -> objects()
                .remove(request.containerId(), request.objects())
                .thenApply(BlobstoreMessages::failures));
    }

    @Override
    public CompletionStage<PutObjectResponse> putObject(PutObjectRequest request) {
        return in(request.chunk().containerId(), () -> uploads.put(request));
    }

    @Override
    public CompletionStage<GetObjectResponse> getObject(GetObjectRequest request) {
        return in(request.containerId(), () -> downloads.get(call(), request));
    }

    @Override
    public CompletionStage<Void> putChunk(PutChunkRequest request) {
        return guarded(() -> uploads.putChunk(request));
    }

    /** For the requests of the call that the current thread is serving; to be asked for before the first. */
    private S3Call call() {
        return new S3Call(connection, spans.ofThisCall());
    }

    private Buckets buckets() {
        return new Buckets(call(), settings);
    }

    private StoredObjects objects() {
        return new StoredObjects(call(), settings);
    }

    private <T> CompletionStage<T> in(String container, Supplier<CompletionStage<T>> call) {
        return guarded(() -> {
            seen.add(container);
            return call.get();
        });
    }

    /** A method of the contract does not throw. */
    private static <T> CompletionStage<T> guarded(Supplier<CompletionStage<T>> call) {
        try {
            return call.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Removes what uploads have left in S3 so far, since their next chunk will not come, and lets downloads end. */
    @Override
    public CompletionStage<?> drain(Duration patience) {
        return CompletableFuture.allOf(
                uploads.abandonAll().toCompletableFuture(), downloads.drain().toCompletableFuture());
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            downloads.cancelAll();
            memory.close();
            uploads.abandonAll().whenComplete((done, failure) -> connection.close());
        }
    }
}
