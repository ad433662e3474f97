package com.wasmcloud.contract.blobstore;

import com.wasmcloud.contract.rpc.Codec;
import com.wasmcloud.contract.rpc.Field;
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
    public static final Codec<ListObjectsRequest> CODEC = Codec.record(
            "ListObjectsRequest",
            Field.of("containerId", Codec.STRING, "", ListObjectsRequest::containerId),
            Field.optional("startWith", Codec.STRING, ListObjectsRequest::startWith),
            Field.optional("continuation", Codec.STRING, ListObjectsRequest::continuation),
            Field.optional("endWith", Codec.STRING, ListObjectsRequest::endWith),
            Field.optional("endBefore", Codec.STRING, ListObjectsRequest::endBefore),
            Field.optional("maxItems", Codec.U32, ListObjectsRequest::maxItems),
            ListObjectsRequest::new);
}
