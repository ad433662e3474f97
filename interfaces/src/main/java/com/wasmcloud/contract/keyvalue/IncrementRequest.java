package com.wasmcloud.contract.keyvalue;

import com.wasmcloud.contract.rpc.Codec;

/** Adds {@code value}, which may be negative, to the counter {@code key}. */
public record IncrementRequest(String key, int value) {
    /** How it is written and read. */
    public static final Codec<IncrementRequest> CODEC = Codec.record("IncrementRequest", fields -> {
        var key = fields.withDefault("key", Codec.STRING, "", IncrementRequest::key);
        var value = fields.withDefault("value", Codec.I32, 0, IncrementRequest::value);
        return in -> new IncrementRequest(in.get(key), in.get(value));
    });
}
