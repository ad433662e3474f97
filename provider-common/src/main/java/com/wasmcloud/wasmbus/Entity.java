package com.wasmcloud.wasmbus;

import com.wasmcloud.contract.rpc.Codec;
import java.util.Locale;

/**
 * One end of an invocation: an actor by its key alone, a provider by key, link name and contract.
 *
 * @param publicKey {@code M…} for an actor, {@code V…} for a provider
 * @param linkName empty for an actor
 * @param contractId empty for an actor
 */
public record Entity(String publicKey, String linkName, String contractId) {
    /** The form in an envelope. */
    public static final Codec<Entity> CODEC = Codec.record("WasmCloudEntity", fields -> {
        var publicKey = fields.required("public_key", Codec.STRING, Entity::publicKey);
        var linkName = fields.required("link_name", Codec.STRING, Entity::linkName);
        var contractId = fields.required("contract_id", Codec.STRING, Entity::contractId);
        return in -> new Entity(in.get(publicKey), in.get(linkName), in.get(contractId));
    });

    /** An actor. */
    public static Entity actor(String publicKey) {
        return new Entity(publicKey, "", "");
    }

    /** The URL that claims are made about: contract and link folded to lower case, colons to slashes. */
    public String url() {
        if (publicKey.startsWith("M") || publicKey.startsWith("m")) {
            return "wasmbus://" + publicKey;
        }
        return "wasmbus://" + folded(contractId.replace(':', '/')) + "/" + folded(linkName) + "/" + publicKey;
    }

    private static String folded(String name) {
        return name.replace(' ', '_').toLowerCase(Locale.ROOT);
    }
}
