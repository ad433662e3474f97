package com.wasmcloud.contract.blobstore;

import com.wasmcloud.contract.rpc.Codec;
import com.wasmcloud.contract.rpc.Field;
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
    public static final Codec<GetObjectResponse> CODEC = Codec.record(
            "GetObjectResponse",
            Field.of("success", Codec.BOOL, false, GetObjectResponse::success),
            Field.optional("error", Codec.STRING, GetObjectResponse::error),
            Field.optional("initialChunk", Chunk.CODEC, GetObjectResponse::initialChunk),
            Field.of("contentLength", Codec.U64, 0L, GetObjectResponse::contentLength),
            Field.optional("contentType", Codec.STRING, GetObjectResponse::contentType),
            Field.optional("contentEncoding", Codec.STRING, GetObjectResponse::contentEncoding),
            GetObjectResponse::new);
}
