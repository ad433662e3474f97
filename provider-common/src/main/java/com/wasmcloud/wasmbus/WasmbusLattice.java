package com.wasmcloud.wasmbus;

import com.wasmcloud.nkeys.KeyPair;
import com.wasmcloud.provider.Host;
import com.wasmcloud.provider.Lattice;
import com.wasmcloud.provider.LinkHandler;
import com.wasmcloud.provider.Membership;
import com.wasmcloud.provider.Node;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A lattice of 0.x hosts, as host data describes it. */
final class WasmbusLattice<S extends AutoCloseable> implements Lattice<S> {
    private final Served<S> served;
    private final HostData data;

    WasmbusLattice(Served<S> served, HostData data) {
        this.served = served;
        this.data = data;
    }

    @Override
    public Host host() {
        return new Host(
                data.setup().configJson(),
                data.setup().structuredLogging(),
                data.setup().logLevel(),
                data.setup().telemetry(),
                identity());
    }

    private Map<String, String> identity() {
        Map<String, String> identity = new LinkedHashMap<>();
        identity.put("service.instance.id", data.instanceId());
        identity.put("wasmcloud.lattice", data.lattice());
        identity.put("wasmcloud.host", data.hostId());
        identity.put("wasmcloud.provider", data.providerKey());
        identity.put("wasmcloud.link", data.linkName());
        identity.put("wasmcloud.contract", String.join(",", new TreeSet<>(served.contractIds())));
        identity.values().removeIf(String::isEmpty);
        return identity;
    }

    @Override
    public LinkHandler<S> handler() {
        return served.handler();
    }

    @Override
    public Set<String> operations() {
        return served.operations();
    }

    @Override
    public Membership member(Node<S> node) {
        return new WasmbusMember<>(served, data, cluster(), node);
    }

    private KeyPair cluster() {
        try {
            return KeyPair.fromSeed(data.trust().invocationSeed());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the invocation_seed in the host data is unusable: " + e.getMessage(), e);
        }
    }
}
