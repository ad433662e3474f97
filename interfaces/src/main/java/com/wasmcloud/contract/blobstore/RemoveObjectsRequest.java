package com.wasmcloud.contract.blobstore;

import com.wasmcloud.contract.rpc.Codec;
import java.util.List;

/**
 * Names objects to be removed from a container.
 */
public record RemoveObjectsRequest(String containerId, List<String> objects) {
    /** How it is written and read. */
    public static final Codec<RemoveObjectsRequest> CODEC = Codec.record("RemoveObjectsRequest", fields -> {
        var containerId = fields.required("containerId", Codec.STRING, RemoveObjectsRequest::containerId);
        var objects = fields.required("objects", Codec.list(Codec.STRING), RemoveObjectsRequest::objects);
        return in -> new RemoveObjectsRequest(in.get(containerId), in.get(objects));
    });
}
