package com.wasmcloud.contract.blobstore;

import com.wasmcloud.contract.rpc.Codec;
import java.util.List;
import java.util.Optional;

/**
 * Some of the objects of a container.
 *
 * @param isLast whether there are no more
 * @param continuation goes into the request for the next ones
 */
public record ListObjectsResponse(List<ObjectMetadata> objects, boolean isLast, Optional<String> continuation) {
    /** How it is written and read. */
    public static final Codec<ListObjectsResponse> CODEC = Codec.record("ListObjectsResponse", fields -> {
        var objects = fields.required("objects", Codec.list(ObjectMetadata.CODEC), ListObjectsResponse::objects);
        var isLast = fields.withDefault("isLast", Codec.BOOL, false, ListObjectsResponse::isLast);
        var continuation = fields.optional("continuation", Codec.STRING, ListObjectsResponse::continuation);
        return in -> new ListObjectsResponse(in.get(objects), in.get(isLast), in.get(continuation));
    });
}
