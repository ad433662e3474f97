package com.wasmcloud.contract.blobstore;

import com.wasmcloud.contract.rpc.Codec;
import com.wasmcloud.contract.rpc.Field;

/**
 * Names an object in a container.
 */
public record ContainerObject(String containerId, String objectId) {
    /** How it is written and read. */
    public static final Codec<ContainerObject> CODEC = Codec.record(
            "ContainerObject",
            Field.required("containerId", Codec.STRING, ContainerObject::containerId),
            Field.required("objectId", Codec.STRING, ContainerObject::objectId),
            ContainerObject::new);
}
