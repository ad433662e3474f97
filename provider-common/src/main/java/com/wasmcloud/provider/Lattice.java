package com.wasmcloud.provider;

import java.util.Set;

/**
 * A lattice as host data describes it.
 *
 * @param <S> the session opened for each link
 */
public interface Lattice<S extends AutoCloseable> {
    /** What host data says that is no matter of the protocol. */
    Host host();

    /** Opens the session of a link. */
    LinkHandler<S> handler();

    /** The names of the operations that are served, for what is reported of them. */
    Set<String> operations();

    /**
     * This process as a member, which has not joined yet.
     *
     * @throws IllegalArgumentException with one sentence, free of secrets, when the host data cannot be used
     */
    Membership member(Node<S> node);
}
