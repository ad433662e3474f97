package com.wasmcloud.contract.blobstore;

import com.wasmcloud.contract.rpc.RpcException;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The operations of {@code wasmcloud:blobstore} that a provider serves, for one link.
 *
 * <p>Implementations are called by many threads and never block; a failure completes the stage with
 * {@link RpcException}. Lists that are handed over belong to the receiver.
 */
public interface Blobstore extends AutoCloseable {
    /** Whether there is a container of that name. */
    CompletionStage<Boolean> containerExists(String containerId);

    /** Makes a container; nothing happens when it is there already. */
    CompletionStage<Void> createContainer(String containerId);

    /** What is known about a container; fails when there is none. */
    CompletionStage<ContainerMetadata> getContainerInfo(String containerId);

    /** All containers. */
    CompletionStage<List<ContainerMetadata>> listContainers();

    /** Empties and removes containers; gives those that could not be, nothing when all are gone. */
    CompletionStage<List<ItemResult>> removeContainers(List<String> containerIds);

    /**
     * Empties and removes one container; fails when that is not possible. Not in the contract's own list: hosts written
     * in Rust call it.
     */
    default CompletionStage<Void> deleteContainer(String containerId) {
        return removeContainers(List.of(containerId)).thenAccept(failures -> {
            for (ItemResult failure : failures) {
                if (!failure.success() || failure.error().isPresent()) {
                    throw RpcException.backend(
                            failure.error().orElseGet(() -> "cannot remove container '" + containerId + "'"), null);
                }
            }
        });
    }

    /** Whether there is an object of that name. */
    CompletionStage<Boolean> objectExists(ContainerObject object);

    /**
     * What is known about an object; fails when there is none.
     *
     * @param object its container is the empty string when the caller is a host written in Rust, which names the object
     *     only
     */
    CompletionStage<ObjectMetadata> getObjectInfo(ContainerObject object);

    /** Some of the objects of a container. */
    CompletionStage<ListObjectsResponse> listObjects(ListObjectsRequest request);

    /** Removes objects; gives those that could not be, nothing when all are gone. */
    CompletionStage<List<ItemResult>> removeObjects(RemoveObjectsRequest request);

    /** Stores an object, or begins to when the chunk is not the last one. */
    CompletionStage<PutObjectResponse> putObject(PutObjectRequest request);

    /** Reads an object or a part of it. */
    CompletionStage<GetObjectResponse> getObject(GetObjectRequest request);

    /** Goes on with an object that {@link #putObject} began. */
    CompletionStage<Void> putChunk(PutChunkRequest request);

    /** Lets go of what the link holds; calls in flight may fail. */
    @Override
    default void close() {}
}
