package com.wasmcloud.provider;

import com.wasmcloud.contract.rpc.Contract;

/**
 * The description of a capability provider: its name, its contract, and how a link's session is opened.
 *
 * <p>Immutable.
 *
 * @param <S> the session opened for each link
 */
public final class Provider<S extends AutoCloseable> {
    private Provider() {}

    /** Begins a description; the name is for logs. */
    public static Named named(String name) {
        throw new UnsupportedOperationException();
    }

    /**
     * Runs as a process: reads host data from the first line of standard input (or from where {@code --host-data FILE}
     * or {@code WASMCLOUD_HOST_DATA} says), serves until it is told to stop, and ends the process, with 0 after an
     * orderly stop and 1, with one sentence on standard error, when it cannot start.
     */
    public void run(String... arguments) {
        throw new UnsupportedOperationException();
    }

    /** A provider with a name and no contract yet. */
    public static final class Named {
        private Named() {}

        /** A provider that serves the operations of a contract. */
        public <C extends AutoCloseable> Provider<C> serves(Contract<C> contract, LinkHandler<C> handler) {
            throw new UnsupportedOperationException();
        }

        /** A provider that serves no operations and calls actors through a contract. */
        public <C extends AutoCloseable> Provider<C> calls(Contract<?> contract, LinkHandler<C> handler) {
            throw new UnsupportedOperationException();
        }
    }
}
