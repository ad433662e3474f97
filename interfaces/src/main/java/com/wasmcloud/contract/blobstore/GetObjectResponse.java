package com.wasmcloud.contract.blobstore;

import com.wasmcloud.contract.rpc.Codec;
import java.util.Optional;

/**
 * The beginning of an object; the rest follows through {@link ChunkReceiver} when the first chunk is not the last one.
 *
 * @param error why there is no object, when {@code success} is false
 * @param initialChunk the first piece, which may be all of it
 * @param contentLength bytes in all chunks together; unsigned
 */
public record GetObjectResponse(
        boolean success,
        Optional<String> error,
        Optional<Chunk> initialChunk,
        long contentLength,
        Optional<String> contentType,
        Optional<String> contentEncoding) {
    /** How it is written and read. */
    public static final Codec<GetObjectResponse> CODEC = Codec.record("GetObjectResponse", fields -> {
        var success = fields.withDefault("success", Codec.BOOL, false, GetObjectResponse::success);
        var error = fields.optional("error", Codec.STRING, GetObjectResponse::error);
        var initialChunk = fields.optional("initialChunk", Chunk.CODEC, GetObjectResponse::initialChunk);
        var contentLength = fields.withDefault("contentLength", Codec.U64, 0L, GetObjectResponse::contentLength);
        var contentType = fields.optional("contentType", Codec.STRING, GetObjectResponse::contentType);
        var contentEncoding = fields.optional("contentEncoding", Codec.STRING, GetObjectResponse::contentEncoding);
        return in -> new GetObjectResponse(
                in.get(success),
                in.get(error),
                in.get(initialChunk),
                in.get(contentLength),
                in.get(contentType),
                in.get(contentEncoding));
    });
}
