package com.wasmcloud.contract.keyvalue;

import com.wasmcloud.contract.rpc.Codec;

/** Appends {@code value} to the list {@code listName}. */
public record ListAddRequest(String listName, String value) {
    /** How it is written and read. */
    public static final Codec<ListAddRequest> CODEC = Codec.record("ListAddRequest", fields -> {
        var listName = fields.withDefault("listName", Codec.STRING, "", ListAddRequest::listName);
        var value = fields.withDefault("value", Codec.STRING, "", ListAddRequest::value);
        return in -> new ListAddRequest(in.get(listName), in.get(value));
    });
}
