package com.wasmcloud.blobstore.s3;

import com.wasmcloud.contract.blobstore.Chunk;
import com.wasmcloud.contract.rpc.Bytes;

/**
 * How an object is cut up. An immutable value.
 *
 * @param offset of the first byte
 * @param length of all that is wanted
 * @param chunk bytes in each chunk but the last
 */
record ChunkPlan(ObjectName object, long offset, long length, int chunk) {

    Chunk chunk(long at, byte[] bytes) {
        return new Chunk(object.key(), object.container(), Bytes.wrap(bytes), offset + at, at + bytes.length == length);
    }

    int sizeAt(long at) {
        return (int) Math.min(chunk, length - at);
    }
}
