package com.wasmcloud.contract.keyvalue;

import com.wasmcloud.contract.rpc.Codec;
import com.wasmcloud.contract.rpc.Field;

/** Removes the first {@code value} from the list {@code listName}. */
public record ListDelRequest(String listName, String value) {
    /** How it is written and read. */
    public static final Codec<ListDelRequest> CODEC = Codec.record(
            "ListDelRequest",
            Field.of("listName", Codec.STRING, "", ListDelRequest::listName),
            Field.of("value", Codec.STRING, "", ListDelRequest::value),
            ListDelRequest::new);
}
