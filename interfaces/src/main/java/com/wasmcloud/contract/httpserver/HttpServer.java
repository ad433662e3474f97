package com.wasmcloud.contract.httpserver;

import java.util.concurrent.CompletionStage;

/** The operations of {@code wasmcloud:httpserver}, which an actor serves and the provider calls; see {@link com.wasmcloud.contract.rpc.Caller} for threads. */
public interface HttpServer {
    /** Answers one request. */
    CompletionStage<HttpResponse> handleRequest(HttpRequest request);
}
