package com.wasmcloud.wasmbus;

import com.wasmcloud.provider.LinkKey;
import com.wasmcloud.provider.Links;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The links of actors to this provider, among the links of the process. In this protocol an actor has one link to a
 * provider process: all of them are for the link name and the contract that the host started it with, and one that comes
 * under another id of the contract replaces the one before.
 *
 * <p>Thread-safe, except that changes are made on the links' thread.
 */
final class ActorLinks {
    private final HostData data;
    private final Served<?> served;
    private final Links links;
    private final Outbound outbound;
    private final OwnInstance instance;

    ActorLinks(HostData data, Served<?> served, Links links, Outbound outbound, OwnInstance instance) {
        this.data = data;
        this.served = served;
        this.links = links;
        this.outbound = outbound;
        this.instance = instance;
    }

    LinkKey key(String actorId) {
        return new LinkKey(actorId, data.linkName(), served.contractId());
    }

    /** Opens or replaces a link. */
    void put(LinkDefinition link) {
        Actor actor = new Actor(outbound, instance, link.provider(), Entity.actor(link.actorId()), data.rpcTimeout());
        links.put(key(link.actorId()), link.contractId(), link.values(), actor);
    }

    void delete(String actorId) {
        links.delete(key(actorId));
    }

    /** The actors with a link, refused ones too. */
    Set<String> actors() {
        return links.keys().stream().map(LinkKey::peer).collect(Collectors.toSet());
    }

    /** Whether a link of the lattice is one of this process. */
    boolean isOurs(LinkDefinition link) {
        return link.providerId().equals(data.providerKey())
                && link.linkName().equals(data.linkName())
                && served.contractIds().contains(link.contractId());
    }

    Links thread() {
        return links;
    }
}
