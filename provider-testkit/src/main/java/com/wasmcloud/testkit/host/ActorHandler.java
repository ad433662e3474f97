package com.wasmcloud.testkit.host;

import com.wasmcloud.contract.rpc.Bytes;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** What an actor does when it is called. Called by one thread of the host's connection, so it must not block. */
@FunctionalInterface
public interface ActorHandler {
    /**
     * Answers one call; the message of a failure becomes the error text.
     *
     * @param operation full name, {@code Service.Method}
     */
    CompletionStage<Bytes> call(String operation, Bytes argument);

    /**
     * The same with the caller's W3C trace context, empty when it sent none, for actors whose hosts take part in traces.
     */
    default CompletionStage<Bytes> call(String operation, Bytes argument, Map<String, String> trace) {
        return call(operation, argument);
    }
}
