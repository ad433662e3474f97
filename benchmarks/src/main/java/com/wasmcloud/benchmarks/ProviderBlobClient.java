package com.wasmcloud.benchmarks;

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
import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.servers.NatsServer;
import com.wasmcloud.testkit.servers.S3Process;
import com.wasmcloud.testkit.host.TestActor;
import com.wasmcloud.testkit.host.TestHost;
import com.wasmcloud.testkit.host.TestProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An actor that reaches S3 through a provider: objects that fit into one message at once, larger ones in chunks of that
 * size. The actor's host, which signs and checks every message, is in this process.
 */
final class ProviderBlobClient implements BlobClient, ChunkReceiver {
    /** What fits into a message beside the rest of it, so that no chunk takes the detour of larger payloads. */
    private static final int CHUNK = 896 * 1024;

    private final String name;
    private final String container;
    private final TestHost host;
    private final Blobstore blobstore;
    private final Map<String, CompletableFuture<Long>> ends = new ConcurrentHashMap<>();

    ProviderBlobClient(String name, Path executable, NatsServer nats, S3Process s3, String container) {
        this.name = name;
        this.container = container;
        this.host = TestHost.start(nats);
        TestActor actor = host.actor();
        actor.serves(ChunkReceiverContract.INSTANCE, this);
        TestProvider provider = host.provider(BlobstoreContract.INSTANCE)
                .rpcTimeout(Duration.ofSeconds(20))
                .link(actor, s3.linkValues())
                .start(executable);
        provider.awaitHealthy();
        this.blobstore = actor.calling(provider, BlobstoreContract.INSTANCE);
        Await.result(blobstore.createContainer(container));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void put(String key, byte[] content) {
        Chunk first = chunk(key, content, 0);
        String streamId = Await.result(
                        blobstore.putObject(new PutObjectRequest(first, Optional.empty(), Optional.empty())))
                .streamId()
                .orElse("");
        for (int offset = CHUNK; offset < content.length; offset += CHUNK) {
            Chunk next = chunk(key, content, offset);
            Await.result(blobstore.putChunk(new PutChunkRequest(next, Optional.of(streamId), false)));
        }
    }

    private Chunk chunk(String key, byte[] content, int offset) {
        int size = Math.min(CHUNK, content.length - offset);
        return new Chunk(key, container, Bytes.wrap(content, offset, size), offset, offset + size == content.length);
    }

    @Override
    public long get(String key) {
        CompletableFuture<Long> end = new CompletableFuture<>();
        ends.put(key, end);
        GetObjectResponse response = Await.result(
                blobstore.getObject(new GetObjectRequest(key, container, Optional.empty(), Optional.empty())));
        Chunk first = response.initialChunk().orElseThrow(() -> new IllegalStateException("no first chunk of " + key));
        long size = first.isLast() ? first.bytes().size() : Await.result(end);
        ends.remove(key);
        return size;
    }

    @Override
    public CompletionStage<ChunkResponse> receiveChunk(Chunk chunk) {
        CompletableFuture<Long> end = ends.get(chunk.objectId());
        if (end != null && chunk.isLast()) {
            end.complete(chunk.offset() + chunk.bytes().size());
        }
        return CompletableFuture.completedFuture(new ChunkResponse(end == null));
    }

    @Override
    public void close() {
        host.close();
    }
}
