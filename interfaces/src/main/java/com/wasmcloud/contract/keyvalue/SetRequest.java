package com.wasmcloud.contract.keyvalue;

import com.wasmcloud.contract.rpc.Codec;

/** Stores {@code value} under {@code key} for {@code expires} seconds, for ever when that is 0. */
public record SetRequest(String key, String value, long expires) {
    /** How it is written and read. */
    public static final Codec<SetRequest> CODEC = Codec.record("SetRequest", fields -> {
        var key = fields.withDefault("key", Codec.STRING, "", SetRequest::key);
        var value = fields.withDefault("value", Codec.STRING, "", SetRequest::value);
        var expires = fields.withDefault("expires", Codec.U32, 0L, SetRequest::expires);
        return in -> new SetRequest(in.get(key), in.get(value), in.get(expires));
    });
}
