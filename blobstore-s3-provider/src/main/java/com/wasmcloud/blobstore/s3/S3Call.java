package com.wasmcloud.blobstore.s3;

import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.provider.Spans;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * What one call of an actor asks S3 for, in as many requests as it takes, from any thread: all are reported as a part of
 * that call. Thread-safe.
 */
final class S3Call {
    private final S3Connection connection;
    private final Spans spans;

    S3Call(S3Connection connection, Spans spans) {
        this.connection = connection;
        this.spans = spans;
    }

    /** Sends a request; a failure is as the client reports it. */
    <T> CompletionStage<T> send(Function<S3AsyncClient, CompletionStage<T>> request) {
        return connection.send(client -> request.apply(new ReportedClient(client, spans)));
    }

    /**
     * Sends a request; a failure becomes an {@link RpcException}.
     *
     * @param what what cannot be done then, the rest of a sentence
     */
    <T> CompletionStage<T> send(String what, Function<S3AsyncClient, CompletionStage<T>> request) {
        return send(request).exceptionallyCompose(failure -> CompletableFuture.failedFuture(explained(what, failure)));
    }

    /** What the caller is told about a failure of {@link #send}. */
    RpcException explained(String what, Throwable failure) {
        return connection.explained(what, failure);
    }
}
