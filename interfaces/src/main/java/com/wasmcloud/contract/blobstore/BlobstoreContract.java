package com.wasmcloud.contract.blobstore;

import com.wasmcloud.contract.rpc.Caller;
import com.wasmcloud.contract.rpc.Codec;
import com.wasmcloud.contract.rpc.Contract;
import com.wasmcloud.contract.rpc.Operation;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The table of the service that providers have in {@code wasmcloud:blobstore}. */
public final class BlobstoreContract {
    private static final Codec<List<ItemResult>> ITEM_RESULTS = Codec.list(ItemResult.CODEC);

    private static final Operation<Blobstore, String, Boolean> CONTAINER_EXISTS =
            Operation.of("Blobstore.ContainerExists", Codec.STRING, Codec.BOOL, Blobstore::containerExists);
    private static final Operation<Blobstore, String, Void> CREATE_CONTAINER =
            Operation.of("Blobstore.CreateContainer", Codec.STRING, Codec.UNIT, Blobstore::createContainer);
    private static final Operation<Blobstore, String, ContainerMetadata> GET_CONTAINER_INFO = Operation.of(
            "Blobstore.GetContainerInfo", Codec.STRING, ContainerMetadata.CODEC, Blobstore::getContainerInfo);
    private static final Operation<Blobstore, Void, List<ContainerMetadata>> LIST_CONTAINERS =
            Operation.of("Blobstore.ListContainers", Codec.list(ContainerMetadata.CODEC), Blobstore::listContainers);
    private static final Operation<Blobstore, List<String>, List<ItemResult>> REMOVE_CONTAINERS = Operation.of(
            "Blobstore.RemoveContainers", Codec.list(Codec.STRING), ITEM_RESULTS, Blobstore::removeContainers);
    private static final Operation<Blobstore, String, Void> DELETE_CONTAINER =
            Operation.of("Blobstore.DeleteContainer", Codec.STRING, Codec.UNIT, Blobstore::deleteContainer);
    private static final Operation<Blobstore, ContainerObject, Boolean> OBJECT_EXISTS =
            Operation.of("Blobstore.ObjectExists", ContainerObject.CODEC, Codec.BOOL, Blobstore::objectExists);
    private static final Operation<Blobstore, ContainerObject, ObjectMetadata> GET_OBJECT_INFO = Operation.of(
            "Blobstore.GetObjectInfo",
            ContainerObject.CODEC.orText(objectId -> new ContainerObject("", objectId)),
            ObjectMetadata.CODEC,
            Blobstore::getObjectInfo);
    private static final Operation<Blobstore, ListObjectsRequest, ListObjectsResponse> LIST_OBJECTS = Operation.of(
            "Blobstore.ListObjects", ListObjectsRequest.CODEC, ListObjectsResponse.CODEC, Blobstore::listObjects);
    private static final Operation<Blobstore, RemoveObjectsRequest, List<ItemResult>> REMOVE_OBJECTS =
            Operation.of("Blobstore.RemoveObjects", RemoveObjectsRequest.CODEC, ITEM_RESULTS, Blobstore::removeObjects);
    private static final Operation<Blobstore, PutObjectRequest, PutObjectResponse> PUT_OBJECT =
            Operation.of("Blobstore.PutObject", PutObjectRequest.CODEC, PutObjectResponse.CODEC, Blobstore::putObject);
    private static final Operation<Blobstore, GetObjectRequest, GetObjectResponse> GET_OBJECT =
            Operation.of("Blobstore.GetObject", GetObjectRequest.CODEC, GetObjectResponse.CODEC, Blobstore::getObject);
    private static final Operation<Blobstore, PutChunkRequest, Void> PUT_CHUNK =
            Operation.of("Blobstore.PutChunk", PutChunkRequest.CODEC, Codec.UNIT, Blobstore::putChunk);

    /** The contract, for serving and for calling it. */
    public static final Contract<Blobstore> INSTANCE = Contract.<Blobstore>named("wasmcloud:blobstore")
            .operation(CONTAINER_EXISTS)
            .operation(CREATE_CONTAINER)
            .operation(GET_CONTAINER_INFO)
            .operation(LIST_CONTAINERS)
            .operation(REMOVE_CONTAINERS)
            .operation(DELETE_CONTAINER)
            .operation(OBJECT_EXISTS)
            .operation(GET_OBJECT_INFO)
            .operation(LIST_OBJECTS)
            .operation(REMOVE_OBJECTS)
            .operation(PUT_OBJECT)
            .operation(GET_OBJECT)
            .operation(PUT_CHUNK)
            .sniffed()
            .stubbedBy(Stub::new);

    private BlobstoreContract() {}

    private record Stub(Caller caller) implements Blobstore {
        @Override
        public CompletionStage<Boolean> containerExists(String containerId) {
            return CONTAINER_EXISTS.call(caller, containerId);
        }

        @Override
        public CompletionStage<Void> createContainer(String containerId) {
            return CREATE_CONTAINER.call(caller, containerId);
        }

        @Override
        public CompletionStage<ContainerMetadata> getContainerInfo(String containerId) {
            return GET_CONTAINER_INFO.call(caller, containerId);
        }

        @Override
        public CompletionStage<List<ContainerMetadata>> listContainers() {
            return LIST_CONTAINERS.call(caller);
        }

        @Override
        public CompletionStage<List<ItemResult>> removeContainers(List<String> containerIds) {
            return REMOVE_CONTAINERS.call(caller, containerIds);
        }

        @Override
        public CompletionStage<Void> deleteContainer(String containerId) {
            return DELETE_CONTAINER.call(caller, containerId);
        }

        @Override
        public CompletionStage<Boolean> objectExists(ContainerObject object) {
            return OBJECT_EXISTS.call(caller, object);
        }

        @Override
        public CompletionStage<ObjectMetadata> getObjectInfo(ContainerObject object) {
            return GET_OBJECT_INFO.call(caller, object);
        }

        @Override
        public CompletionStage<ListObjectsResponse> listObjects(ListObjectsRequest request) {
            return LIST_OBJECTS.call(caller, request);
        }

        @Override
        public CompletionStage<List<ItemResult>> removeObjects(RemoveObjectsRequest request) {
            return REMOVE_OBJECTS.call(caller, request);
        }

        @Override
        public CompletionStage<PutObjectResponse> putObject(PutObjectRequest request) {
            return PUT_OBJECT.call(caller, request);
        }

        @Override
        public CompletionStage<GetObjectResponse> getObject(GetObjectRequest request) {
            return GET_OBJECT.call(caller, request);
        }

        @Override
        public CompletionStage<Void> putChunk(PutChunkRequest request) {
            return PUT_CHUNK.call(caller, request);
        }
    }
}
