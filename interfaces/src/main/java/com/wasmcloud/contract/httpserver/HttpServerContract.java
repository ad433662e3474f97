package com.wasmcloud.contract.httpserver;

import com.wasmcloud.contract.rpc.Contract;

/** The table of {@code wasmcloud:httpserver}. */
public final class HttpServerContract {
    /** The contract, for serving and for calling it. */
    public static final Contract<HttpServer> INSTANCE = todo();

    private HttpServerContract() {}

    private static Contract<HttpServer> todo() {
        return Contract.<HttpServer>named("wasmcloud:httpserver").stubbedBy(caller -> {
            throw new UnsupportedOperationException();
        });
    }
}
