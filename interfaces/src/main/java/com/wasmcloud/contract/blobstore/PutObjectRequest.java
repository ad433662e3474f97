package com.wasmcloud.contract.blobstore;

import com.wasmcloud.contract.rpc.Codec;
import java.util.Optional;

/**
 * The first piece of an object, or all of it when the chunk is the last one.
 */
public record PutObjectRequest(Chunk chunk, Optional<String> contentType, Optional<String> contentEncoding) {
    /** How it is written and read. */
    public static final Codec<PutObjectRequest> CODEC = Codec.record("PutObjectRequest", fields -> {
        var chunk = fields.required("chunk", Chunk.CODEC, PutObjectRequest::chunk);
        var contentType = fields.optional("contentType", Codec.STRING, PutObjectRequest::contentType);
        var contentEncoding = fields.optional("contentEncoding", Codec.STRING, PutObjectRequest::contentEncoding);
        return in -> new PutObjectRequest(in.get(chunk), in.get(contentType), in.get(contentEncoding));
    });
}
