package com.wasmcloud.contract.blobstore;

import com.wasmcloud.contract.rpc.Codec;
import com.wasmcloud.contract.rpc.Field;

/**
 * The answer to a chunk.
 *
 * @param cancelDownload true when the receiver wants no more of the object
 */
public record ChunkResponse(boolean cancelDownload) {
    /** How it is written and read. */
    public static final Codec<ChunkResponse> CODEC = Codec.record(
            "ChunkResponse",
            Field.of("cancelDownload", Codec.BOOL, false, ChunkResponse::cancelDownload),
            ChunkResponse::new);
}
