package com.wasmcloud.contract.blobstore;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.Codec;
import com.wasmcloud.contract.rpc.Field;

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
    public static final Codec<Chunk> CODEC = Codec.record(
            "Chunk",
            Field.required("objectId", Codec.STRING, Chunk::objectId),
            Field.required("containerId", Codec.STRING, Chunk::containerId),
            Field.of("bytes", Codec.BYTES, Bytes.EMPTY, Chunk::bytes),
            Field.of("offset", Codec.U64, 0L, Chunk::offset),
            Field.of("isLast", Codec.BOOL, false, Chunk::isLast),
            Chunk::new);
}
