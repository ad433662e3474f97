package com.wasmcloud.contract.keyvalue;

import com.wasmcloud.contract.rpc.Codec;
import com.wasmcloud.contract.rpc.Field;

/** Adds {@code value}, which may be negative, to the counter {@code key}. */
public record IncrementRequest(String key, int value) {
    /** How it is written and read. */
    public static final Codec<IncrementRequest> CODEC = Codec.record(
            "IncrementRequest",
            Field.of("key", Codec.STRING, "", IncrementRequest::key),
            Field.of("value", Codec.I32, 0, IncrementRequest::value),
            IncrementRequest::new);
}
