package com.wasmcloud.contract.blobstore;

import com.wasmcloud.contract.rpc.Codec;

/**
 * Names an object in a container.
 */
public record ContainerObject(String containerId, String objectId) {
    /** How it is written and read. */
    public static final Codec<ContainerObject> CODEC = Codec.record("ContainerObject", fields -> {
        var containerId = fields.required("containerId", Codec.STRING, ContainerObject::containerId);
        var objectId = fields.required("objectId", Codec.STRING, ContainerObject::objectId);
        return in -> new ContainerObject(in.get(containerId), in.get(objectId));
    });
}
