package com.wasmcloud.demo.actor;

import com.wasmcloud.contract.blobstore.Blobstore;
import com.wasmcloud.contract.blobstore.Chunk;
import com.wasmcloud.contract.blobstore.ContainerObject;
import com.wasmcloud.contract.httpserver.HttpResponse;
import com.wasmcloud.contract.rpc.Bytes;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Where all files are: one container of a blob store. Thread-safe. */
record FileStore(Blobstore blobstore, ActorLog log) {
    /** The container. */
    static final String CONTAINER = "files";
    /** Bytes of one request or response: what the provider gives in one reply. */
    static final int LARGEST_AT_ONCE = 16 << 20;
    /** Bytes of a file that comes and goes in pieces. */
    static final long LARGEST_IN_PIECES = 1L << 30;

    static final String UNKNOWN_TYPE = "application/octet-stream";

    /** A piece of a file. */
    static Chunk chunk(String name, Bytes bytes, long offset, boolean isLast) {
        return new Chunk(name, CONTAINER, bytes, offset, isLast);
    }

    static ContainerObject object(String name) {
        return new ContainerObject(CONTAINER, name);
    }

    /** Does something with a file, unless there is none. */
    CompletionStage<HttpResponse> ifThere(String name, Supplier<CompletionStage<HttpResponse>> then) {
        return blobstore
                .objectExists(object(name))
                .thenCompose(there -> there ? then.get() : CompletableFuture.completedFuture(missing(name)));
    }

    private HttpResponse missing(String name) {
        log.warn("asked for %s, which is not there".formatted(name));
        return Answers.error(404, "there is no file " + name);
    }
}
