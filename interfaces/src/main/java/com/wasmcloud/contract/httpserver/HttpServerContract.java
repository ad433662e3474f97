package com.wasmcloud.contract.httpserver;

import com.wasmcloud.contract.rpc.Contract;
import com.wasmcloud.contract.rpc.Operation;

/** The table of {@code wasmcloud:httpserver}. */
public final class HttpServerContract {
    private static final Operation<HttpServer, HttpRequest, HttpResponse> HANDLE_REQUEST =
            Operation.of("HttpServer.HandleRequest", HttpRequest.CODEC, HttpResponse.CODEC, HttpServer::handleRequest);

    /** The contract, for serving and for calling it. */
    public static final Contract<HttpServer> INSTANCE = Contract.<HttpServer>named("wasmcloud:httpserver")
            .operation(HANDLE_REQUEST)
            .stubbedBy(caller -> request -> HANDLE_REQUEST.call(caller, request));

    private HttpServerContract() {}
}
