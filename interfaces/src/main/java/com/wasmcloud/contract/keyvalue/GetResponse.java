package com.wasmcloud.contract.keyvalue;

import com.wasmcloud.contract.rpc.Codec;
import com.wasmcloud.contract.rpc.Field;

/** What {@link KeyValue#get} found: an empty value and false when there is no such key. */
public record GetResponse(String value, boolean exists) {
    /** How it is written and read. */
    public static final Codec<GetResponse> CODEC = Codec.record(
            "GetResponse",
            Field.of("value", Codec.STRING, "", GetResponse::value),
            Field.of("exists", Codec.BOOL, false, GetResponse::exists),
            GetResponse::new);
}
