package com.wasmcloud.provider;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.wasmbus.Invocation;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** What becomes of an invocation. What watches all calls wraps another one; {@link Running} puts them together. */
@FunctionalInterface
interface Responder {
    /**
     * The result for the caller, or the failure that it is told. Never throws, must not block.
     *
     * @param trace the caller's W3C trace context, empty when it has none
     */
    CompletionStage<Bytes> respond(Invocation invocation, Map<String, String> trace);
}
