package com.wasmcloud.contract.keyvalue;

import com.wasmcloud.contract.rpc.Codec;

/** Removes the first {@code value} from the list {@code listName}. */
public record ListDelRequest(String listName, String value) {
    /** How it is written and read. */
    public static final Codec<ListDelRequest> CODEC = Codec.record("ListDelRequest", fields -> {
        var listName = fields.withDefault("listName", Codec.STRING, "", ListDelRequest::listName);
        var value = fields.withDefault("value", Codec.STRING, "", ListDelRequest::value);
        return in -> new ListDelRequest(in.get(listName), in.get(value));
    });
}
