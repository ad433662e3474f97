package com.wasmcloud.contract.keyvalue;

import com.wasmcloud.contract.rpc.Codec;

/** What {@link KeyValue#get} found: an empty value and false when there is no such key. */
public record GetResponse(String value, boolean exists) {
    /** How it is written and read. */
    public static final Codec<GetResponse> CODEC = Codec.record("GetResponse", fields -> {
        var value = fields.withDefault("value", Codec.STRING, "", GetResponse::value);
        var exists = fields.withDefault("exists", Codec.BOOL, false, GetResponse::exists);
        return in -> new GetResponse(in.get(value), in.get(exists));
    });
}
