package com.wasmcloud.contract.blobstore;

import com.wasmcloud.contract.GoldenMessages;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A blobstore that notes what it is asked and always gives the same answers. */
final class RecordingBlobstore implements Blobstore {
    static final List<ContainerMetadata> CONTAINERS = List.of(
            new ContainerMetadata("c", GoldenMessages.OBJECT.lastModified()),
            new ContainerMetadata("d", Optional.empty()));
    static final List<ItemResult> FAILURES = List.of(new ItemResult("k", false, Optional.of("no such thing")));
    static final ListObjectsResponse OBJECTS =
            new ListObjectsResponse(List.of(GoldenMessages.OBJECT), false, Optional.of("next"));
    static final PutObjectResponse STREAM = new PutObjectResponse(Optional.of("stream"));
    static final GetObjectResponse OBJECT = new GetObjectResponse(
            true, Optional.empty(), Optional.of(GoldenMessages.CHUNK), 3, Optional.of("text/plain"), Optional.empty());

    private final List<Object> asked = new ArrayList<>();

    /** The arguments so far, in order. */
    List<Object> asked() {
        return asked;
    }

    private <T> CompletionStage<T> answer(Object argument, T answer) {
        asked.add(argument);
        return CompletableFuture.completedFuture(answer);
    }

    private CompletionStage<Void> done(Object argument) {
        return answer(argument, true).thenAccept(yes -> {});
    }

    @Override
    public CompletionStage<Boolean> containerExists(String containerId) {
        return answer(containerId, true);
    }

    @Override
    public CompletionStage<Void> createContainer(String containerId) {
        return done(containerId);
    }

    @Override
    public CompletionStage<ContainerMetadata> getContainerInfo(String containerId) {
        return answer(containerId, CONTAINERS.get(0));
    }

    @Override
    public CompletionStage<List<ContainerMetadata>> listContainers() {
        return answer("all", CONTAINERS);
    }

    @Override
    public CompletionStage<List<ItemResult>> removeContainers(List<String> containerIds) {
        return answer(containerIds, containerIds.contains("k") ? FAILURES : List.of());
    }

    @Override
    public CompletionStage<Boolean> objectExists(ContainerObject object) {
        return answer(object, false);
    }

    @Override
    public CompletionStage<ObjectMetadata> getObjectInfo(ContainerObject object) {
        return answer(object, GoldenMessages.OBJECT);
    }

    @Override
    public CompletionStage<ListObjectsResponse> listObjects(ListObjectsRequest request) {
        return answer(request, OBJECTS);
    }

    @Override
    public CompletionStage<List<ItemResult>> removeObjects(RemoveObjectsRequest request) {
        return answer(request, FAILURES);
    }

    @Override
    public CompletionStage<PutObjectResponse> putObject(PutObjectRequest request) {
        return answer(request, STREAM);
    }

    @Override
    public CompletionStage<GetObjectResponse> getObject(GetObjectRequest request) {
        return answer(request, OBJECT);
    }

    @Override
    public CompletionStage<Void> putChunk(PutChunkRequest request) {
        return done(request);
    }
}
