package com.wasmcloud.wasmbus;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.Codec;
import com.wasmcloud.contract.rpc.Encoding;
import com.wasmcloud.provider.support.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A link: an actor that may use a provider under a link name for a contract, and the settings for that.
 *
 * @param values settings, secrets included: {@link #toString()} leaves them out
 */
public record LinkDefinition(
        String actorId, String providerId, String linkName, String contractId, Map<String, String> values) {
    /** The form in put and delete messages, and, as JSON, in host data. */
    public static final Codec<LinkDefinition> CODEC = Codec.record("LinkDefinition", fields -> {
        var actorId = fields.withDefault("actor_id", Codec.STRING, "", LinkDefinition::actorId);
        var providerId = fields.withDefault("provider_id", Codec.STRING, "", LinkDefinition::providerId);
        var linkName = fields.withDefault("link_name", Codec.STRING, "", LinkDefinition::linkName);
        var contractId = fields.withDefault("contract_id", Codec.STRING, "", LinkDefinition::contractId);
        var values = fields.required("values", Codec.map(Codec.STRING), LinkDefinition::values);
        return in -> new LinkDefinition(
                in.get(actorId), in.get(providerId), in.get(linkName), in.get(contractId), in.get(values));
    });

    /** Keeps a copy of the values. */
    public LinkDefinition {
        values = Map.copyOf(values);
    }

    /**
     * Reads a put or delete message: MessagePack as hosts send it, or JSON, which begins with a brace as no MessagePack
     * map does.
     *
     * @throws RuntimeException when it is neither
     */
    public static LinkDefinition decode(Bytes message) {
        return isJson(message) ? of(Json.object(message)) : CODEC.decode(message, Encoding.MSGPACK);
    }

    /** Whether a control message is JSON. */
    public static boolean isJson(Bytes message) {
        return !message.isEmpty() && message.at(0) == '{';
    }

    /**
     * Reads the JSON form; members that are missing are empty, unknown ones are ignored.
     *
     * @throws IllegalArgumentException when a member has another type
     */
    public static LinkDefinition of(Map<String, @Nullable Object> json) {
        return new LinkDefinition(
                Json.text(json, "actor_id"),
                Json.text(json, "provider_id"),
                Json.text(json, "link_name"),
                Json.text(json, "contract_id"),
                Json.texts(json, "values"));
    }

    /** The JSON form. */
    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("actor_id", actorId);
        json.put("provider_id", providerId);
        json.put("link_name", linkName);
        json.put("contract_id", contractId);
        json.put("values", values);
        return json;
    }

    /** The provider's end of this link, as the origin of calls to the actor. */
    public Entity provider() {
        return new Entity(providerId, linkName, contractId);
    }

    @Override
    public String toString() {
        return "LinkDefinition[actor " + actorId + ", provider " + providerId + ", link " + linkName + ", contract "
                + contractId + ", values of " + values.keySet() + "]";
    }
}
