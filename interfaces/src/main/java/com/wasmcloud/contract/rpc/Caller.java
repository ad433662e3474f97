package com.wasmcloud.contract.rpc;

import java.util.concurrent.CompletionStage;

/**
 * The far side of a contract: whatever carries an operation's encoded argument there and the encoded result back.
 *
 * <p>Implementations are thread-safe and do not block. A failure completes the stage with {@link RpcException}.
 */
@FunctionalInterface
public interface Caller {
    /**
     * Calls one operation.
     *
     * @param operation full name, {@code Service.Method}
     * @param argument encoded argument, empty for an operation without input
     */
    CompletionStage<Bytes> call(String operation, Bytes argument);

    /** How arguments are to be encoded for this far side. */
    default Encoding encoding() {
        return Encoding.MSGPACK;
    }
}
