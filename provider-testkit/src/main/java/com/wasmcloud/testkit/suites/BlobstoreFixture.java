package com.wasmcloud.testkit.suites;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.wasmcloud.contract.blobstore.Blobstore;
import com.wasmcloud.contract.blobstore.Chunk;
import com.wasmcloud.contract.blobstore.ChunkReceiver;
import com.wasmcloud.contract.blobstore.ContainerObject;
import com.wasmcloud.contract.blobstore.GetObjectRequest;
import com.wasmcloud.contract.blobstore.GetObjectResponse;
import com.wasmcloud.contract.blobstore.ObjectMetadata;
import com.wasmcloud.contract.blobstore.PutChunkRequest;
import com.wasmcloud.contract.blobstore.PutObjectRequest;
import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.testkit.Await;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the rules of {@code wasmcloud:blobstore} are written with: containers of each test's own, and short calls. */
abstract class BlobstoreFixture {
    private final ReceivedChunks received = new ReceivedChunks();
    private final List<String> containers = new ArrayList<>();
    private String container = "";

    /** The implementation under test; asked for in every test, closed by the subclass. */
    protected abstract Blobstore blobstore();

    /**
     * Most bytes that the implementation gives in the first chunk of an object; the rest has to go to
     * {@link #receiver}. Small is quick: 100,000 will do.
     */
    protected abstract int largestFirstChunk();

    /** What the implementation under test has to send chunks to, the same for all tests of this object. */
    protected final ChunkReceiver receiver() {
        return received;
    }

    /** Whatever the life cycle of the subclass is, no two tests share a container. */
    @BeforeEach
    void newContainer() {
        received.forget();
        container = anotherContainer();
        Await.result(blobstore().createContainer(container));
    }

    @AfterEach
    void removeContainers() {
        Await.result(blobstore().removeContainers(List.copyOf(containers)));
        containers.clear();
    }

    /** The container that each test has. */
    final String container() {
        return container;
    }

    /** The name of a container that is not there yet, and is removed after the test. */
    final String anotherContainer() {
        String name = "suite-" + UUID.randomUUID();
        containers.add(name);
        return name;
    }

    final ReceivedChunks received() {
        return received;
    }

    /** Bytes without a pattern, so that a piece in the wrong place shows. */
    static Bytes noise(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return Bytes.wrap(bytes);
    }

    static Bytes slice(Bytes bytes, long begin, long end) {
        return Bytes.wrap(bytes.array(), bytes.offset() + (int) begin, (int) (end - begin));
    }

    final void put(String objectId, Bytes bytes) {
        put(objectId, bytes, Optional.empty(), Optional.empty());
    }

    final void put(String objectId, Bytes bytes, Optional<String> contentType, Optional<String> contentEncoding) {
        Chunk chunk = new Chunk(objectId, container, bytes, 0, true);
        assertThat(Await.result(blobstore().putObject(new PutObjectRequest(chunk, contentType, contentEncoding)))
                        .streamId())
                .isEmpty();
    }

    /** Begins an object that further chunks complete. */
    final String begin(String objectId, Bytes bytes) {
        Chunk chunk = new Chunk(objectId, container, bytes, 0, false);
        return Await.result(blobstore().putObject(new PutObjectRequest(chunk, Optional.empty(), Optional.empty())))
                .streamId()
                .orElseThrow(() -> new AssertionError("there is no streamId for the chunks that follow"));
    }

    final CompletionStage<Void> chunk(String streamId, String objectId, Bytes bytes, long offset, boolean isLast) {
        Chunk chunk = new Chunk(objectId, container, bytes, offset, isLast);
        return blobstore().putChunk(new PutChunkRequest(chunk, Optional.of(streamId), false));
    }

    final boolean exists(String objectId) {
        return Await.result(blobstore().objectExists(new ContainerObject(container, objectId)));
    }

    final ObjectMetadata info(String objectId) {
        return Await.result(blobstore().getObjectInfo(new ContainerObject(container, objectId)));
    }

    final GetObjectResponse get(String objectId) {
        return Await.result(blobstore().getObject(wanted(objectId, Optional.empty(), Optional.empty())));
    }

    final GetObjectRequest wanted(String objectId, Optional<Long> start, Optional<Long> end) {
        return new GetObjectRequest(objectId, container, start, end);
    }

    /** The whole object, or the part of it that was asked for, after all of it has come. */
    final Bytes download(GetObjectRequest request) {
        GetObjectResponse response = Await.result(blobstore().getObject(request));
        return received.rest(first(response), response.contentLength());
    }

    final Bytes download(String objectId) {
        return download(wanted(objectId, Optional.empty(), Optional.empty()));
    }

    static Chunk first(GetObjectResponse response) {
        assertThat(response.error()).isEmpty();
        assertThat(response.success()).isTrue();
        return response.initialChunk().orElseThrow(() -> new AssertionError("there is no first chunk"));
    }

    static void assertFails(CompletionStage<?> call) {
        assertThat(catchThrowable(() -> Await.result(call)))
                .isInstanceOf(RpcException.class)
                .message()
                .isNotBlank();
    }
}
