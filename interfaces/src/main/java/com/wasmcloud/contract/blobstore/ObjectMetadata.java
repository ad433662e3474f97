package com.wasmcloud.contract.blobstore;

import com.wasmcloud.contract.rpc.Codec;
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
    public static final Codec<ObjectMetadata> CODEC = Codec.record("ObjectMetadata", fields -> {
        var objectId = fields.required("objectId", Codec.STRING, ObjectMetadata::objectId);
        var containerId = fields.required("containerId", Codec.STRING, ObjectMetadata::containerId);
        var contentLength = fields.withDefault("contentLength", Codec.U64, 0L, ObjectMetadata::contentLength);
        var lastModified = fields.optional("lastModified", Codec.TIMESTAMP, ObjectMetadata::lastModified);
        var contentType = fields.optional("contentType", Codec.STRING, ObjectMetadata::contentType);
        var contentEncoding = fields.optional("contentEncoding", Codec.STRING, ObjectMetadata::contentEncoding);
        return in -> new ObjectMetadata(
                in.get(objectId),
                in.get(containerId),
                in.get(contentLength),
                in.get(lastModified),
                in.get(contentType),
                in.get(contentEncoding));
    });
}
