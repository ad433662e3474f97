package com.wasmcloud.contract.keyvalue;

import com.wasmcloud.contract.rpc.Codec;

/** Names a part of a list: positions count from 0, both ends belong to it, negative ones count from the end. */
public record ListRangeRequest(String listName, int start, int stop) {
    /** How it is written and read. */
    public static final Codec<ListRangeRequest> CODEC = Codec.record("ListRangeRequest", fields -> {
        var listName = fields.withDefault("listName", Codec.STRING, "", ListRangeRequest::listName);
        var start = fields.withDefault("start", Codec.I32, 0, ListRangeRequest::start);
        var stop = fields.withDefault("stop", Codec.I32, 0, ListRangeRequest::stop);
        return in -> new ListRangeRequest(in.get(listName), in.get(start), in.get(stop));
    });
}
