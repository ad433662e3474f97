package com.wasmcloud.wasmbus;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.provider.Link;
import com.wasmcloud.provider.LinkHandler;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * What a provider serves. An immutable value.
 *
 * @param contractId the id that stands for all ids of the contract
 * @param contractIds the ids under which links may be for it
 * @param operations the names of the operations
 * @param service what a session does with one
 * @param handler opens the session of a link
 */
record Served<S extends AutoCloseable>(
        String contractId,
        Set<String> contractIds,
        Set<String> operations,
        Service<S> service,
        LinkHandler<S> handler) {
    /** What a session does with an operation. */
    @FunctionalInterface
    interface Service<S> {
        CompletionStage<Bytes> invoke(S session, Link link, String operation, Bytes argument);
    }

    Served<S> alsoUnder(String id) {
        Set<String> ids = new HashSet<>(contractIds);
        ids.add(id);
        return new Served<>(contractId, Set.copyOf(ids), operations, service, handler);
    }
}
