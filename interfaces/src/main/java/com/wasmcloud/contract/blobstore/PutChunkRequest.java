package com.wasmcloud.contract.blobstore;

import com.wasmcloud.contract.rpc.Codec;
import java.util.Optional;

/**
 * One more piece of an object that {@link Blobstore#putObject} began.
 *
 * @param streamId what the answer to the first piece named
 * @param cancelAndRemove true gives up: what was stored of the object is removed
 */
public record PutChunkRequest(Chunk chunk, Optional<String> streamId, boolean cancelAndRemove) {
    /** How it is written and read. */
    public static final Codec<PutChunkRequest> CODEC = Codec.record("PutChunkRequest", fields -> {
        var chunk = fields.required("chunk", Chunk.CODEC, PutChunkRequest::chunk);
        var streamId = fields.optional("streamId", Codec.STRING, PutChunkRequest::streamId);
        var cancelAndRemove =
                fields.withDefault("cancelAndRemove", Codec.BOOL, false, PutChunkRequest::cancelAndRemove);
        return in -> new PutChunkRequest(in.get(chunk), in.get(streamId), in.get(cancelAndRemove));
    });
}
