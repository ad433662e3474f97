package com.wasmcloud.provider;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.Contract;
import com.wasmcloud.contract.rpc.Encoding;
import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.provider.settings.SettingsException;
import com.wasmcloud.wasmbus.HostData;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The description of a capability provider: its name, its contract, and how a link's session is opened.
 *
 * <p>Immutable.
 *
 * @param <S> the session opened for each link
 */
public final class Provider<S extends AutoCloseable> {
    private final String name;
    private final Set<String> contractIds;
    private final Set<String> operations;
    private final LinkResponder.Service<S> service;
    private final LinkHandler<S> handler;

    private Provider(
            String name,
            Set<String> contractIds,
            Set<String> operations,
            LinkResponder.Service<S> service,
            LinkHandler<S> handler) {
        this.name = name;
        this.contractIds = Set.copyOf(contractIds);
        this.operations = operations;
        this.service = service;
        this.handler = handler;
    }

    /** Begins a description; the name is for logs and for the NATS server's list of clients. */
    public static Named named(String name) {
        return new Named(name);
    }

    /** A provider with a name and no contract yet. */
    public record Named(String name) {
        /** A provider that serves the operations of a contract. */
        public <C extends AutoCloseable> Provider<C> serves(Contract<C> contract, LinkHandler<C> handler) {
            return new Provider<>(
                    name,
                    Set.of(contract.id()),
                    contract.operations(),
                    (session, link, operation, argument) -> invoke(contract, session, link, operation, argument),
                    handler);
        }

        /** A provider that serves no operations and calls actors through a contract. */
        public <C extends AutoCloseable> Provider<C> calls(Contract<?> contract, LinkHandler<C> handler) {
            return new Provider<>(
                    name,
                    Set.of(contract.id()),
                    Set.of(),
                    (session, link, operation, argument) ->
                            CompletableFuture.failedFuture(RpcException.unknownOperation(operation)),
                    handler);
        }

        private static <C> CompletionStage<Bytes> invoke(
                Contract<C> contract, C session, Link link, String operation, Bytes argument) {
            Encoding encoding = contract.encodingOf(operation, argument, link.lastSeen());
            link.seen(encoding);
            return contract.invoke(session, operation, argument, encoding);
        }
    }

    /**
     * The same provider for links under another id of the contract too. An actor still has one link to a process: one
     * under another id replaces it.
     */
    public Provider<S> alsoUnder(String contractId) {
        Set<String> ids = new HashSet<>(contractIds);
        ids.add(contractId);
        return new Provider<>(name, ids, operations, service, handler);
    }

    /**
     * Runs as a process: reads host data from the first line of standard input (or from where {@code --host-data FILE} or
     * {@code WASMCLOUD_HOST_DATA} says), serves until it is told to stop, and ends the process, with 0 after an orderly
     * stop and 1, with one sentence on standard error, when it cannot start.
     */
    public void run(String... arguments) {
        new ProviderProcess<>(this).run(arguments);
    }

    /**
     * Starts inside this process, for tests and for programs that embed a provider: no standard input, no signals, no exit.
     *
     * @throws IOException when NATS refuses us; a server that is away is waited for
     * @throws IllegalArgumentException when the host data cannot be used
     * @throws SettingsException when the start-up configuration cannot be used
     */
    public Running start(HostData host) throws IOException, InterruptedException {
        return Running.start(host, this);
    }

    String name() {
        return name;
    }

    Set<String> contractIds() {
        return contractIds;
    }

    /** The names of the operations that it serves. */
    Set<String> operations() {
        return operations;
    }

    LinkResponder.Service<S> service() {
        return service;
    }

    LinkHandler<S> handler() {
        return handler;
    }
}
