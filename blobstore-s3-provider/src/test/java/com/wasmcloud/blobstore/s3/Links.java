package com.wasmcloud.blobstore.s3;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.wasmcloud.contract.blobstore.Chunk;
import com.wasmcloud.contract.blobstore.ChunkReceiver;
import com.wasmcloud.contract.blobstore.GetObjectRequest;
import com.wasmcloud.contract.blobstore.PutChunkRequest;
import com.wasmcloud.contract.blobstore.PutObjectRequest;
import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.contract.rpc.RpcException.Code;
import com.wasmcloud.provider.settings.Sources;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.servers.S3Server;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Opens links for a test, and closes them after it. */
final class Links implements AutoCloseable {
    /** An actor that takes no chunks. */
    static final ChunkReceiver NOBODY =
            chunk -> CompletableFuture.failedFuture(RpcException.of(Code.UNREACHABLE, "no such actor"));

    private final S3Runtime runtime;
    private final List<S3Blobstore> open = new ArrayList<>();

    Links() {
        this(new S3Runtime());
    }

    Links(S3Runtime runtime) {
        this.runtime = runtime;
    }

    /** Opens a link to a server with other settings, each a key and a value. */
    S3Blobstore open(S3Server server, String... more) {
        return open(server, NOBODY, more);
    }

    S3Blobstore open(S3Server server, ChunkReceiver receiver, String... more) {
        return open(server.linkValues(), receiver, more);
    }

    S3Blobstore open(Map<String, String> link, ChunkReceiver receiver, String... more) {
        S3Settings settings = settings(link, more);
        AccessKey key = new AccessKey(settings, () -> settings(link, more));
        S3Blobstore blobstore = S3Blobstore.open("MACTOR", receiver, settings, key, runtime);
        open.add(blobstore);
        return blobstore;
    }

    static S3Settings settings(Map<String, String> link, String... more) {
        // by default there is time enough for a machine that is busy with other things
        Map<String, String> values = new HashMap<>(Map.of("request_timeout_ms", "20000"));
        values.putAll(link);
        for (int i = 0; i < more.length; i += 2) {
            values.put(more[i], more[i + 1]);
        }
        return S3Settings.of(values, Sources.ofConfiguration("config_json", ""), Map.of());
    }

    /** Waits until the link says what is wrong, in words with this text among them. */
    static void awaitHealth(S3Blobstore blobstore, String text) {
        Await.until(
                "health says '" + text + "'", () -> blobstore.health().reason().contains(text));
    }

    static void awaitHealthy(S3Blobstore blobstore) {
        Await.until("the link is healthy", () -> blobstore.health().healthy());
    }

    /** What a call that fails tells its caller. */
    static String failure(CompletionStage<?> call) {
        RpcException failure = catchThrowableOfType(RpcException.class, () -> Await.result(call));
        return failure == null ? "it did not fail" : String.valueOf(failure.getMessage());
    }

    /** Bytes without a pattern. */
    static Bytes noise(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return Bytes.wrap(bytes);
    }

    static PutObjectRequest put(String container, String object, Bytes bytes, boolean last) {
        return new PutObjectRequest(new Chunk(object, container, bytes, 0, last), Optional.empty(), Optional.empty());
    }

    static PutChunkRequest chunk(Optional<String> stream, Chunk chunk) {
        return new PutChunkRequest(chunk, stream, false);
    }

    static GetObjectRequest get(String container, String object) {
        return new GetObjectRequest(object, container, Optional.empty(), Optional.empty());
    }

    @Override
    public void close() {
        open.forEach(S3Blobstore::close);
        open.clear();
    }
}
