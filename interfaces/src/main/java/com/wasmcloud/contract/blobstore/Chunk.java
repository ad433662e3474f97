package com.wasmcloud.contract.blobstore;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.Codec;

/**
 * A piece of an object.
 *
 * @param objectId name of the object
 * @param containerId name of its container
 * @param bytes the piece itself
 * @param offset where in the object the piece begins, in bytes; unsigned
 * @param isLast whether no piece follows
 */
public record Chunk(String objectId, String containerId, Bytes bytes, long offset, boolean isLast) {
    /** How it is written and read. */
    public static final Codec<Chunk> CODEC = Codec.record("Chunk", fields -> {
        var objectId = fields.required("objectId", Codec.STRING, Chunk::objectId);
        var containerId = fields.required("containerId", Codec.STRING, Chunk::containerId);
        var bytes = fields.withDefault("bytes", Codec.BYTES, Bytes.EMPTY, Chunk::bytes);
        var offset = fields.withDefault("offset", Codec.U64, 0L, Chunk::offset);
        var isLast = fields.withDefault("isLast", Codec.BOOL, false, Chunk::isLast);
        return in -> new Chunk(in.get(objectId), in.get(containerId), in.get(bytes), in.get(offset), in.get(isLast));
    });
}
