package com.wasmcloud.contract.keyvalue;

import com.wasmcloud.contract.rpc.Codec;

/** Adds {@code value} to the set {@code setName}. */
public record SetAddRequest(String setName, String value) {
    /** How it is written and read. */
    public static final Codec<SetAddRequest> CODEC = Codec.record("SetAddRequest", fields -> {
        var setName = fields.withDefault("setName", Codec.STRING, "", SetAddRequest::setName);
        var value = fields.withDefault("value", Codec.STRING, "", SetAddRequest::value);
        return in -> new SetAddRequest(in.get(setName), in.get(value));
    });
}
