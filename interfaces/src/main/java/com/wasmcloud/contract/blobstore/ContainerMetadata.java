package com.wasmcloud.contract.blobstore;

import com.wasmcloud.contract.rpc.Codec;
import com.wasmcloud.contract.rpc.Field;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known about a container.
 *
 * @param createdAt when it was made, where the store knows
 */
public record ContainerMetadata(String containerId, Optional<Instant> createdAt) {
    /** How it is written and read. */
    public static final Codec<ContainerMetadata> CODEC = Codec.record(
            "ContainerMetadata",
            Field.required("containerId", Codec.STRING, ContainerMetadata::containerId),
            Field.optional("createdAt", Codec.TIMESTAMP, ContainerMetadata::createdAt),
            ContainerMetadata::new);
}
