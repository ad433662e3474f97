package com.wasmcloud.contract.keyvalue;

import com.wasmcloud.contract.rpc.Codec;

/** Removes {@code value} from the set {@code setName}. */
public record SetDelRequest(String setName, String value) {
    /** How it is written and read. */
    public static final Codec<SetDelRequest> CODEC = Codec.record("SetDelRequest", fields -> {
        var setName = fields.withDefault("setName", Codec.STRING, "", SetDelRequest::setName);
        var value = fields.withDefault("value", Codec.STRING, "", SetDelRequest::value);
        return in -> new SetDelRequest(in.get(setName), in.get(value));
    });
}
