package com.wasmcloud.contract.blobstore;

import com.wasmcloud.contract.rpc.Codec;
import java.util.Optional;

/**
 * Asks for the objects of a container, in order of their names.
 *
 * @param startWith first name wanted
 * @param continuation the token of an answer that was not the last one; goes on from there
 * @param endWith last name wanted, which belongs to the answer
 * @param endBefore name that ends the answer and is not in it
 * @param maxItems most objects in the answer; 1,000 when empty
 */
public record ListObjectsRequest(
        String containerId,
        Optional<String> startWith,
        Optional<String> continuation,
        Optional<String> endWith,
        Optional<String> endBefore,
        Optional<Long> maxItems) {
    /** How it is written and read. */
    public static final Codec<ListObjectsRequest> CODEC = Codec.record("ListObjectsRequest", fields -> {
        var containerId = fields.withDefault("containerId", Codec.STRING, "", ListObjectsRequest::containerId);
        var startWith = fields.optional("startWith", Codec.STRING, ListObjectsRequest::startWith);
        var continuation = fields.optional("continuation", Codec.STRING, ListObjectsRequest::continuation);
        var endWith = fields.optional("endWith", Codec.STRING, ListObjectsRequest::endWith);
        var endBefore = fields.optional("endBefore", Codec.STRING, ListObjectsRequest::endBefore);
        var maxItems = fields.optional("maxItems", Codec.U32, ListObjectsRequest::maxItems);
        return in -> new ListObjectsRequest(
                in.get(containerId),
                in.get(startWith),
                in.get(continuation),
                in.get(endWith),
                in.get(endBefore),
                in.get(maxItems));
    });
}
