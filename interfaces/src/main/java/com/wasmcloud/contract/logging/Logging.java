package com.wasmcloud.contract.logging;

import java.util.concurrent.CompletionStage;

/**
 * The operations of the logging contract, for one link.
 *
 * <p>Implementations are called by many threads and never block; a failure completes the stage with
 * {@link com.wasmcloud.contract.rpc.RpcException}.
 */
public interface Logging extends AutoCloseable {
    /** Takes a line for the log. */
    CompletionStage<Void> writeLog(LogEntry entry);

    /** Lets go of what the link holds; calls in flight may fail. */
    @Override
    default void close() {}
}
