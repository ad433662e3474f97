package com.wasmcloud.provider;

import com.wasmcloud.contract.rpc.Contract;
import java.util.Map;

/**
 * An actor's link to this provider, as a {@link LinkHandler} gets it.
 *
 * <p>Immutable and thread-safe; stubs made by {@link #actor} may be used until the session is closed.
 */
public final class Link {
    private Link() {}

    /** Public key of the linked actor, {@code M…}. */
    public String actorId() {
        throw new UnsupportedOperationException();
    }

    /** Name of the link, {@code default} unless the operator chose another. */
    public String linkName() {
        throw new UnsupportedOperationException();
    }

    /** The link's values as they were put, secrets included: do not print them. */
    public Map<String, String> values() {
        throw new UnsupportedOperationException();
    }

    /** The link's values over the provider's start-up configuration. */
    public Settings settings() {
        throw new UnsupportedOperationException();
    }

    /** The actor's side of a contract, called with the host's timeout and the current trace. */
    public <C> C actor(Contract<C> contract) {
        return actor(contract, CallOptions.DEFAULT);
    }

    /** The actor's side of a contract; making one is cheap, so one for each call is fine. */
    public <C> C actor(Contract<C> contract, CallOptions options) {
        throw new UnsupportedOperationException();
    }
}
