package com.wasmcloud.contract.blobstore;

import com.wasmcloud.contract.rpc.Codec;
import com.wasmcloud.contract.rpc.Field;
import java.util.List;

/**
 * Names objects to be removed from a container.
 */
public record RemoveObjectsRequest(String containerId, List<String> objects) {
    /** How it is written and read. */
    public static final Codec<RemoveObjectsRequest> CODEC = Codec.record(
            "RemoveObjectsRequest",
            Field.required("containerId", Codec.STRING, RemoveObjectsRequest::containerId),
            Field.required("objects", Codec.list(Codec.STRING), RemoveObjectsRequest::objects),
            RemoveObjectsRequest::new);
}
