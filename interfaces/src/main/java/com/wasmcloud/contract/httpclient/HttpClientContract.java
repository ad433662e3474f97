package com.wasmcloud.contract.httpclient;

import com.wasmcloud.contract.rpc.Contract;
import com.wasmcloud.contract.rpc.Operation;

/** The table of {@code wasmcloud:httpclient}. */
public final class HttpClientContract {
    private static final Operation<HttpClient, HttpRequest, HttpResponse> REQUEST =
            Operation.of("HttpClient.Request", HttpRequest.CODEC, HttpResponse.CODEC, HttpClient::request);

    /** The contract, for serving and for calling it. */
    public static final Contract<HttpClient> INSTANCE = Contract.<HttpClient>named("wasmcloud:httpclient")
            .operation(REQUEST)
            .stubbedBy(caller -> request -> REQUEST.call(caller, request));

    private HttpClientContract() {}
}
