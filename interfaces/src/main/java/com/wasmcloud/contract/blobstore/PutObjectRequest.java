package com.wasmcloud.contract.blobstore;

import com.wasmcloud.contract.rpc.Codec;
import com.wasmcloud.contract.rpc.Field;
import java.util.Optional;

/**
 * The first piece of an object, or all of it when the chunk is the last one.
 */
public record PutObjectRequest(Chunk chunk, Optional<String> contentType, Optional<String> contentEncoding) {
    /** How it is written and read. */
    public static final Codec<PutObjectRequest> CODEC = Codec.record(
            "PutObjectRequest",
            Field.required("chunk", Chunk.CODEC, PutObjectRequest::chunk),
            Field.optional("contentType", Codec.STRING, PutObjectRequest::contentType),
            Field.optional("contentEncoding", Codec.STRING, PutObjectRequest::contentEncoding),
            PutObjectRequest::new);
}
