package com.wasmcloud.contract.blobstore;

import com.wasmcloud.contract.rpc.Codec;

/**
 * The answer to a chunk.
 *
 * @param cancelDownload true when the receiver wants no more of the object
 */
public record ChunkResponse(boolean cancelDownload) {
    /** How it is written and read. */
    public static final Codec<ChunkResponse> CODEC = Codec.record("ChunkResponse", fields -> {
        var cancelDownload = fields.withDefault("cancelDownload", Codec.BOOL, false, ChunkResponse::cancelDownload);
        return in -> new ChunkResponse(in.get(cancelDownload));
    });
}
