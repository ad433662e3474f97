package com.wasmcloud.contract.blobstore;

import static com.wasmcloud.contract.rpc.Golden.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wasmcloud.contract.GoldenMessages;
import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.Codec;
import com.wasmcloud.contract.rpc.Encoding;
import com.wasmcloud.contract.rpc.Loopback;
import com.wasmcloud.contract.rpc.RpcException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every operation from the stub through bytes of each encoding to the service and back. */
class BlobstoreRoundTripTest {
    private static final ContainerObject OBJECT = new ContainerObject("c", "o");

    private final RecordingBlobstore service = new RecordingBlobstore();

    /** Asks in one encoding; the other side has only the bytes to go by, except for what has no argument. */
    private Blobstore stub(Encoding encoding) {
        return BlobstoreContract.INSTANCE.stub(new Loopback<>(BlobstoreContract.INSTANCE, service, encoding));
    }

    @ParameterizedTest
    @EnumSource
    void containerOperationsKeepTheirArgumentsAndResults(Encoding encoding) {
        Blobstore stub = stub(encoding);
        assertThat(stub.containerExists("c")).isCompletedWithValue(true);
        assertThat(stub.createContainer("new")).isCompleted();
        assertThat(stub.getContainerInfo("c")).isCompletedWithValue(RecordingBlobstore.CONTAINERS.get(0));
        assertThat(stub.listContainers()).isCompletedWithValue(RecordingBlobstore.CONTAINERS);
        assertThat(stub.removeContainers(List.of("a", "k"))).isCompletedWithValue(RecordingBlobstore.FAILURES);
        assertThat(stub.removeContainers(List.of())).isCompletedWithValue(List.of());
        assertThat(stub.deleteContainer("old")).isCompleted();
        assertThat(service.asked())
                .containsExactly("c", "new", "c", "all", List.of("a", "k"), List.of(), List.of("old"));
    }

    @ParameterizedTest
    @EnumSource
    void objectOperationsKeepTheirArgumentsAndResults(Encoding encoding) {
        Blobstore stub = stub(encoding);
        ListObjectsRequest list = new ListObjectsRequest(
                "c",
                Optional.of("a"),
                Optional.empty(),
                Optional.of("y"),
                Optional.empty(),
                Optional.of(4_294_967_295L));
        RemoveObjectsRequest remove = new RemoveObjectsRequest("c", List.of("a", "b"));
        PutObjectRequest put = new PutObjectRequest(GoldenMessages.CHUNK, Optional.empty(), Optional.of("gzip"));
        GetObjectRequest get = new GetObjectRequest("o", "c", Optional.of(0L), Optional.of(-1L));
        PutChunkRequest chunk = new PutChunkRequest(GoldenMessages.CHUNK, Optional.of("stream"), true);
        assertThat(stub.objectExists(OBJECT)).isCompletedWithValue(false);
        assertThat(stub.getObjectInfo(OBJECT)).isCompletedWithValue(GoldenMessages.OBJECT);
        assertThat(stub.listObjects(list)).isCompletedWithValue(RecordingBlobstore.OBJECTS);
        assertThat(stub.removeObjects(remove)).isCompletedWithValue(RecordingBlobstore.FAILURES);
        assertThat(stub.putObject(put)).isCompletedWithValue(RecordingBlobstore.STREAM);
        assertThat(stub.getObject(get)).isCompletedWithValue(RecordingBlobstore.OBJECT);
        assertThat(stub.putChunk(chunk)).isCompleted();
        assertThat(service.asked()).containsExactly(OBJECT, OBJECT, list, remove, put, get, chunk);
    }

    @ParameterizedTest
    @EnumSource
    void chunksGoToActorsInTheirEncoding(Encoding encoding) {
        List<Chunk> received = new ArrayList<>();
        ChunkReceiver actor = chunk -> {
            received.add(chunk);
            return CompletableFuture.completedFuture(new ChunkResponse(true));
        };
        ChunkReceiver stub =
                ChunkReceiverContract.INSTANCE.stub(new Loopback<>(ChunkReceiverContract.INSTANCE, actor, encoding));
        assertThat(stub.receiveChunk(GoldenMessages.CHUNK)).isCompletedWithValue(new ChunkResponse(true));
        assertThat(received).containsExactly(GoldenMessages.CHUNK);
    }

    @Test
    void bothServicesAreOfOneContract() {
        assertThat(BlobstoreContract.INSTANCE.id()).isEqualTo("wasmcloud:blobstore");
        assertThat(ChunkReceiverContract.INSTANCE.id()).isEqualTo("wasmcloud:blobstore");
    }

    @Test
    void anObjectNamedAloneHasNoContainer() {
        Bytes answer = ObjectMetadata.CODEC.encode(GoldenMessages.OBJECT, Encoding.MSGPACK);
        assertThat(BlobstoreContract.INSTANCE.invoke(service, "Blobstore.GetObjectInfo", hex("a16f"), Encoding.MSGPACK))
                .isCompletedWithValue(answer);
        assertThat(service.asked()).containsExactly(new ContainerObject("", "o"));
    }

    @Test
    void aContainerThatCannotBeDeletedIsAnError() {
        assertThatThrownBy(() -> stub(Encoding.MSGPACK)
                        .deleteContainer("k")
                        .toCompletableFuture()
                        .join())
                .hasCauseInstanceOf(RpcException.class)
                .hasRootCauseMessage("no such thing");
    }

    @Test
    void anEmptyResultIsNoBytesInEveryEncoding() {
        for (Encoding encoding : Encoding.values()) {
            Bytes name = Codec.STRING.encode("c", encoding);
            assertThat(BlobstoreContract.INSTANCE.invoke(service, "Blobstore.CreateContainer", name, encoding))
                    .isCompletedWithValue(Bytes.EMPTY);
        }
    }
}
