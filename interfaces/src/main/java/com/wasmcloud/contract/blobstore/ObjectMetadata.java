package com.wasmcloud.contract.blobstore;

import com.wasmcloud.contract.rpc.Codec;
import com.wasmcloud.contract.rpc.Field;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known about an object.
 *
 * @param contentLength size in bytes; unsigned
 */
public record ObjectMetadata(
        String objectId,
        String containerId,
        long contentLength,
        Optional<Instant> lastModified,
        Optional<String> contentType,
        Optional<String> contentEncoding) {
    /** How it is written and read. */
    public static final Codec<ObjectMetadata> CODEC = Codec.record(
            "ObjectMetadata",
            Field.required("objectId", Codec.STRING, ObjectMetadata::objectId),
            Field.required("containerId", Codec.STRING, ObjectMetadata::containerId),
            Field.of("contentLength", Codec.U64, 0L, ObjectMetadata::contentLength),
            Field.optional("lastModified", Codec.TIMESTAMP, ObjectMetadata::lastModified),
            Field.optional("contentType", Codec.STRING, ObjectMetadata::contentType),
            Field.optional("contentEncoding", Codec.STRING, ObjectMetadata::contentEncoding),
            ObjectMetadata::new);
}
