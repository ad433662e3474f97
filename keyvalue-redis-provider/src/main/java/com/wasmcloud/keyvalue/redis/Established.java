package com.wasmcloud.keyvalue.redis;

import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** A connection that has been made, to one server or to all of a cluster. Thread-safe; whoever has it closes it. */
interface Established {
    /** Sends a request, which is completed with the answer or with why there is none. Never blocks. */
    void send(Request<?> request);

    /**
     * Asks whether the server is healthy: empty when it is, or what is wrong with a server that answers. Fails when there
     * is no answer at all, or the login no longer holds: the connection is of no use then.
     */
    CompletionStage<String> probe();

    /** Whether the server says that it is a replica; false when it does not say. Never fails. */
    CompletionStage<Boolean> isReplica();

    /** Calls back once, with the reason, when the connection is gone; at once if it is already. */
    void whenLost(Consumer<String> listener);

    /** Fails the requests in flight, and returns at once. */
    CompletionStage<Void> close();
}
