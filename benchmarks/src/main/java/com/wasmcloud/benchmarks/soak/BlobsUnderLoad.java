package com.wasmcloud.benchmarks.soak;

import static com.wasmcloud.testkit.Await.result;

import com.wasmcloud.contract.blobstore.Blobstore;
import com.wasmcloud.contract.blobstore.BlobstoreContract;
import com.wasmcloud.contract.blobstore.Chunk;
import com.wasmcloud.contract.blobstore.ChunkReceiver;
import com.wasmcloud.contract.blobstore.ChunkReceiverContract;
import com.wasmcloud.contract.blobstore.ChunkResponse;
import com.wasmcloud.contract.blobstore.GetObjectRequest;
import com.wasmcloud.contract.blobstore.GetObjectResponse;
import com.wasmcloud.contract.blobstore.PutChunkRequest;
import com.wasmcloud.contract.blobstore.PutObjectRequest;
import com.wasmcloud.contract.blobstore.RemoveObjectsRequest;
import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.host.TestActor;
import com.wasmcloud.testkit.host.TestProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** {@code wasmcloud:blobstore} with an actor that puts objects, gets them back, and removes them. */
record BlobsUnderLoad(TestProvider provider, Blobstore blobstore, Receiver receiver) implements ProviderUnderLoad {
    private static final String CONTAINER = "soak";
    /** What fits into a message beside the rest of it. */
    private static final int CHUNK = 896 * 1024;

    private static final Bytes SMALL = noise(1_000);
    private static final Bytes MEDIUM = noise(200_000);
    private static final Bytes LARGE = noise(800_000);
    private static final Bytes CHUNKED = noise(3_000_000);

    static BlobsUnderLoad start(Servers servers, Path executable) {
        TestActor actor = servers.host().actor();
        Receiver receiver = new Receiver();
        actor.serves(ChunkReceiverContract.INSTANCE, receiver);
        TestProvider provider = servers.host()
                .provider(BlobstoreContract.INSTANCE)
                .link(actor, servers.s3().linkValues())
                .start(executable);
        provider.awaitHealthy();
        Blobstore blobstore = actor.calling(provider, BlobstoreContract.INSTANCE);
        createContainer(blobstore);
        return new BlobsUnderLoad(provider, blobstore, receiver);
    }

    /** The first calls of a provider that has never been started before may take long on a loaded machine. */
    private static void createContainer(Blobstore blobstore) {
        Await.until("the container is there", Duration.ofMinutes(2), () -> {
            try {
                result(blobstore.createContainer(CONTAINER));
                return true;
            } catch (RpcException late) {
                return false;
            }
        });
    }

    @Override
    public String name() {
        return "blobstore-s3";
    }

    @Override
    public List<Traffic> ordinary(int percent) {
        return List.of(
                Traffic.steady("blobs of 1 kB", 4, 0.4 * percent, (caller, number) -> roundTrip(caller, number, SMALL)),
                Traffic.steady(
                        "blobs of 200 kB", 2, 0.12 * percent, (caller, number) -> roundTrip(caller, number, MEDIUM)),
                Traffic.steady(
                        "blobs in chunks", 1, 0.005 * percent, (caller, number) -> roundTrip(caller, number, CHUNKED)));
    }

    @Override
    public Traffic large() {
        put("large", LARGE);
        return Traffic.busy("16 GetObjects of 800 KB at once", 16, (caller, number) -> get("large", LARGE));
    }

    /** Puts an object and gets it; removes it now and then, and is then told that it is gone. */
    private void roundTrip(int caller, long number, Bytes content) {
        String key = "%d-%d-%d".formatted(content.size(), caller, number % 50);
        put(key, content);
        get(key, content);
        if (number % 10 == 0) {
            result(blobstore.removeObjects(new RemoveObjectsRequest(CONTAINER, List.of(key))));
        }
    }

    private void put(String key, Bytes content) {
        Optional<String> stream = result(blobstore.putObject(
                        new PutObjectRequest(chunk(key, content, 0), Optional.empty(), Optional.empty())))
                .streamId();
        for (int offset = CHUNK; offset < content.size(); offset += CHUNK) {
            result(blobstore.putChunk(new PutChunkRequest(chunk(key, content, offset), stream, false)));
        }
    }

    private static Chunk chunk(String key, Bytes content, int offset) {
        int size = Math.min(CHUNK, content.size() - offset);
        return new Chunk(
                key,
                CONTAINER,
                Bytes.wrap(content.array(), content.offset() + offset, size),
                offset,
                offset + size == content.size());
    }

    private void get(String key, Bytes content) {
        CompletableFuture<Long> rest = receiver.expect(key);
        GetObjectResponse response =
                result(blobstore.getObject(new GetObjectRequest(key, CONTAINER, Optional.empty(), Optional.empty())));
        Chunk first = response.initialChunk()
                .orElseThrow(() -> new IllegalStateException(response.error().orElse("no first chunk")));
        if (first.isLast()) {
            if (!first.bytes().equals(content)) {
                throw new IllegalStateException(
                        "an object of %d bytes came back as another one".formatted(content.size()));
            }
        } else if (result(rest) != content.size()) {
            throw new IllegalStateException("%d bytes came instead of %d".formatted(result(rest), content.size()));
        }
    }

    private static Bytes noise(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return Bytes.wrap(bytes);
    }

    /** The actor's other side: takes what does not fit into an answer. */
    static final class Receiver implements ChunkReceiver {
        private final Map<String, CompletableFuture<Long>> ends = new ConcurrentHashMap<>();

        /** Completes with the size of the object when its last chunk has come. */
        CompletableFuture<Long> expect(String key) {
            CompletableFuture<Long> end = new CompletableFuture<>();
            ends.put(key, end);
            return end;
        }

        @Override
        public CompletionStage<ChunkResponse> receiveChunk(Chunk chunk) {
            CompletableFuture<Long> end = ends.get(chunk.objectId());
            if (end != null && chunk.isLast()) {
                end.complete(chunk.offset() + chunk.bytes().size());
                ends.remove(chunk.objectId(), end);
            }
            return CompletableFuture.completedFuture(new ChunkResponse(end == null));
        }
    }
}
