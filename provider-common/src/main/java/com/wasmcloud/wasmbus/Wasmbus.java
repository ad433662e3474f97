package com.wasmcloud.wasmbus;

import com.wasmcloud.contract.rpc.Contract;
import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.provider.Lattice;
import com.wasmcloud.provider.LinkHandler;
import com.wasmcloud.provider.Protocol;
import com.wasmcloud.provider.Standalone;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The protocol of wasmCloud 0.x, called wasmbus: signed invocations in MessagePack, of actors linked to a provider.
 *
 * <p>Immutable and thread-safe.
 *
 * @param <S> the session opened for each link
 */
public final class Wasmbus<S extends AutoCloseable> implements Protocol<S> {
    /** Hosts of later generations tell their providers this, and no host of this one does. */
    private static final String LATER = "host_xkey_public_key";

    private final Served<S> served;

    private Wasmbus(Served<S> served) {
        this.served = served;
    }

    /** For a provider that serves the operations of a contract. */
    public static <C extends AutoCloseable> Wasmbus<C> serves(Contract<C> contract, LinkHandler<C> handler) {
        return new Wasmbus<>(new Served<>(
                contract.id(),
                Set.of(contract.id()),
                contract.operations(),
                (session, link, operation, argument) -> contract.invoke(
                        session, operation, argument, Actor.of(link).encodingOf(contract, operation, argument)),
                handler));
    }

    /** For a provider that serves no operations and calls actors through a contract. */
    public static <C extends AutoCloseable> Wasmbus<C> calls(Contract<?> contract, LinkHandler<C> handler) {
        return new Wasmbus<>(new Served<>(
                contract.id(),
                Set.of(contract.id()),
                Set.of(),
                (session, link, operation, argument) ->
                        CompletableFuture.failedFuture(RpcException.unknownOperation(operation)),
                handler));
    }

    /**
     * The same for links under another id of the contract too. An actor still has one link to a process: one under another
     * id replaces it.
     */
    public Wasmbus<S> alsoUnder(String id) {
        return new Wasmbus<>(served.alsoUnder(id));
    }

    @Override
    public boolean speaks(Map<String, @Nullable Object> hostData) {
        return !hostData.containsKey(LATER);
    }

    @Override
    public Lattice<S> lattice(Map<String, @Nullable Object> hostData) {
        return new WasmbusLattice<>(served, HostData.of(hostData));
    }

    @Override
    public Standalone standalone() {
        return new WasmbusStandalone(served.contractId());
    }
}
