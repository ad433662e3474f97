package com.wasmcloud.contract.keyvalue;

import com.wasmcloud.contract.rpc.Codec;
import com.wasmcloud.contract.rpc.Field;

/** Names a part of a list: positions count from 0, both ends belong to it, negative ones count from the end. */
public record ListRangeRequest(String listName, int start, int stop) {
    /** How it is written and read. */
    public static final Codec<ListRangeRequest> CODEC = Codec.record(
            "ListRangeRequest",
            Field.of("listName", Codec.STRING, "", ListRangeRequest::listName),
            Field.of("start", Codec.I32, 0, ListRangeRequest::start),
            Field.of("stop", Codec.I32, 0, ListRangeRequest::stop),
            ListRangeRequest::new);
}
