package com.wasmcloud.keyvalue.redis;

import com.wasmcloud.provider.Spans;
import java.util.concurrent.CompletionStage;

/**
 * Sends the requests of calls on the link's connection, reports each as a part of its call, and puts failures into the
 * words of the contract. Thread-safe; never blocks.
 */
final class RedisCalls {
    private final RedisConnection connection;
    private final Spans spans;

    RedisCalls(RedisConnection connection, Spans spans) {
        this.connection = connection;
        this.spans = spans;
    }

    /** Makes a call that is one request; fails with {@link com.wasmcloud.contract.rpc.RpcException}. */
    <T> CompletionStage<T> call(Request<T> request) {
        return explained(send(request, spans));
    }

    /** For a call that takes several requests; to be asked for before the first. */
    Spans spansOfThisCall() {
        return spans.ofThisCall();
    }

    /** Sends a request of such a call; a failure is as the client reports it. */
    <T> CompletionStage<T> send(Request<T> request, Spans ofCall) {
        return ofCall.sent(request.name()).until(connection.send(request));
    }

    /** Has such a call fail with {@link com.wasmcloud.contract.rpc.RpcException}. */
    <T> CompletionStage<T> explained(CompletionStage<T> outcome) {
        return outcome.handle((result, failure) -> {
            if (failure != null) {
                throw connection.failures().explained(failure);
            }
            return result;
        });
    }
}
