package com.wasmcloud.wasmbus;

/**
 * The NATS subjects of a lattice. Link names go in as they are, not folded.
 *
 * @param lattice the lattice's id, {@code default} unless the operator chose another
 */
public record Subjects(String lattice) {
    /** Calls to an actor. */
    public String actor(String actorKey) {
        return "wasmbus.rpc." + lattice + "." + actorKey;
    }

    /** Calls to a provider under a link name. */
    public String provider(String providerKey, String linkName) {
        return actor(providerKey) + "." + linkName;
    }

    /** Calls to whatever an entity names. */
    public String of(Entity target) {
        return target.linkName().isEmpty()
                ? actor(target.publicKey())
                : provider(target.publicKey(), target.linkName());
    }

    /** New and repeated links for a provider. */
    public String linkPut(String providerKey, String linkName) {
        return provider(providerKey, linkName) + ".linkdefs.put";
    }

    /** Links taken from a provider. */
    public String linkDel(String providerKey, String linkName) {
        return provider(providerKey, linkName) + ".linkdefs.del";
    }

    /** Health checks. */
    public String health(String providerKey, String linkName) {
        return provider(providerKey, linkName) + ".health";
    }

    /** Requests that a provider stop. */
    public String shutdown(String providerKey, String linkName) {
        return provider(providerKey, linkName) + ".shutdown";
    }

    /** The question that any host answers with all links of the lattice. */
    public String allLinks() {
        return "wasmbus.ctl." + lattice + ".get.links";
    }
}
