package com.wasmcloud.keyvalue.redis;

import io.lettuce.core.protocol.AsyncCommand;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** A connection that has been made, to one server or to all of a cluster. Thread-safe; whoever has it closes it. */
interface Established {
    /** Sends a command, which is completed with the answer or with why there is none. Never blocks. */
    void send(AsyncCommand<byte[], byte[], ?> command);

    /**
     * Asks for a sign of life: nothing when all is well, or what is wrong with a server that answers. Fails when there is
     * no answer at all, and the connection is of no use.
     */
    CompletionStage<Optional<String>> probe();

    /** Calls back once, with the reason, when the connection is gone; at once if it is already. */
    void whenLost(Consumer<String> listener);

    /** Fails the commands in flight, and returns at once. */
    CompletionStage<Void> close();
}
