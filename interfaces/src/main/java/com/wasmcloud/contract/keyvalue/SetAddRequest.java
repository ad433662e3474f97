package com.wasmcloud.contract.keyvalue;

import com.wasmcloud.contract.rpc.Codec;
import com.wasmcloud.contract.rpc.Field;

/** Adds {@code value} to the set {@code setName}. */
public record SetAddRequest(String setName, String value) {
    /** How it is written and read. */
    public static final Codec<SetAddRequest> CODEC = Codec.record(
            "SetAddRequest",
            Field.of("setName", Codec.STRING, "", SetAddRequest::setName),
            Field.of("value", Codec.STRING, "", SetAddRequest::value),
            SetAddRequest::new);
}
