package com.wasmcloud.contract.keyvalue;

import com.wasmcloud.contract.rpc.Codec;
import com.wasmcloud.contract.rpc.Field;

/** Appends {@code value} to the list {@code listName}. */
public record ListAddRequest(String listName, String value) {
    /** How it is written and read. */
    public static final Codec<ListAddRequest> CODEC = Codec.record(
            "ListAddRequest",
            Field.of("listName", Codec.STRING, "", ListAddRequest::listName),
            Field.of("value", Codec.STRING, "", ListAddRequest::value),
            ListAddRequest::new);
}
