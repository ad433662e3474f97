package com.wasmcloud.contract.blobstore;

import com.wasmcloud.contract.rpc.Codec;
import java.util.Optional;

/**
 * Asks for an object or a part of it.
 *
 * @param rangeStart first byte wanted, from 0; unsigned; the first of the object when empty
 * @param rangeEnd last byte wanted, which belongs to the answer; unsigned; the last of the object when empty
 */
public record GetObjectRequest(
        String objectId, String containerId, Optional<Long> rangeStart, Optional<Long> rangeEnd) {
    /** How it is written and read. */
    public static final Codec<GetObjectRequest> CODEC = Codec.record("GetObjectRequest", fields -> {
        var objectId = fields.required("objectId", Codec.STRING, GetObjectRequest::objectId);
        var containerId = fields.required("containerId", Codec.STRING, GetObjectRequest::containerId);
        var rangeStart = fields.optional("rangeStart", Codec.U64, GetObjectRequest::rangeStart);
        var rangeEnd = fields.optional("rangeEnd", Codec.U64, GetObjectRequest::rangeEnd);
        return in -> new GetObjectRequest(in.get(objectId), in.get(containerId), in.get(rangeStart), in.get(rangeEnd));
    });
}
