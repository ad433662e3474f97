package com.wasmcloud.contract.keyvalue;

import com.wasmcloud.contract.rpc.Codec;
import com.wasmcloud.contract.rpc.Field;

/** Removes {@code value} from the set {@code setName}. */
public record SetDelRequest(String setName, String value) {
    /** How it is written and read. */
    public static final Codec<SetDelRequest> CODEC = Codec.record(
            "SetDelRequest",
            Field.of("setName", Codec.STRING, "", SetDelRequest::setName),
            Field.of("value", Codec.STRING, "", SetDelRequest::value),
            SetDelRequest::new);
}
