package com.wasmcloud.contract.httpclient;

import java.util.concurrent.CompletionStage;

/**
 * The operations of {@code wasmcloud:httpclient}, for the link of one actor.
 *
 * <p>An implementation is thread-safe and its methods return at once; a failure completes the stage, with a {@link
 * com.wasmcloud.contract.rpc.RpcException} if it has something to say to the caller. The library closes it.
 */
public interface HttpClient extends AutoCloseable {
    /** Sends one request and gives its response, whatever the status is; fails when there is no response. */
    CompletionStage<HttpResponse> request(HttpRequest request);

    @Override
    default void close() {}
}
