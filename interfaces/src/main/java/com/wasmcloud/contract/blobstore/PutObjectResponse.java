package com.wasmcloud.contract.blobstore;

import com.wasmcloud.contract.rpc.Codec;
import java.util.Optional;

/**
 * The answer to the first piece of an object.
 *
 * @param streamId goes into the requests with the further pieces; empty when there are none
 */
public record PutObjectResponse(Optional<String> streamId) {
    /** How it is written and read. */
    public static final Codec<PutObjectResponse> CODEC = Codec.record("PutObjectResponse", fields -> {
        var streamId = fields.optional("streamId", Codec.STRING, PutObjectResponse::streamId);
        return in -> new PutObjectResponse(in.get(streamId));
    });
}
