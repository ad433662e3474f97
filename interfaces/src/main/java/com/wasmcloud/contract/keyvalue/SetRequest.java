package com.wasmcloud.contract.keyvalue;

import com.wasmcloud.contract.rpc.Codec;
import com.wasmcloud.contract.rpc.Field;

/** Stores {@code value} under {@code key} for {@code expires} seconds, for ever when that is 0. */
public record SetRequest(String key, String value, long expires) {
    /** How it is written and read. */
    public static final Codec<SetRequest> CODEC = Codec.record(
            "SetRequest",
            Field.of("key", Codec.STRING, "", SetRequest::key),
            Field.of("value", Codec.STRING, "", SetRequest::value),
            Field.of("expires", Codec.U32, 0L, SetRequest::expires),
            SetRequest::new);
}
