package com.wasmcloud.wasmbus;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.Codec;
import com.wasmcloud.contract.rpc.Encoding;
import com.wasmcloud.provider.support.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A provider's answer to a health question.
 *
 * @param message why it is not healthy
 */
public record HealthCheckResponse(boolean healthy, Optional<String> message) {
    /** The form on the wire. */
    public static final Codec<HealthCheckResponse> CODEC = Codec.record("HealthCheckResponse", fields -> {
        var healthy = fields.withDefault("healthy", Codec.BOOL, false, HealthCheckResponse::healthy);
        var message = fields.optional("message", Codec.STRING, HealthCheckResponse::message);
        return in -> new HealthCheckResponse(in.get(healthy), in.get(message));
    });

    /** The answer in the form of the question: JSON to JSON, MessagePack to everything else, an empty question too. */
    public Bytes encodedFor(Bytes question) {
        if (!LinkDefinition.isJson(question)) {
            return CODEC.encode(this, Encoding.MSGPACK);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("healthy", healthy);
        message.ifPresent(text -> json.put("message", text));
        return Bytes.utf8(Json.write(json));
    }
}
