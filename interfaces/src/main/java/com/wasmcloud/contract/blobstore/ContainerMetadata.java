package com.wasmcloud.contract.blobstore;

import com.wasmcloud.contract.rpc.Codec;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known about a container.
 *
 * @param createdAt when it was made, where the store knows
 */
public record ContainerMetadata(String containerId, Optional<Instant> createdAt) {
    /** How it is written and read. */
    public static final Codec<ContainerMetadata> CODEC = Codec.record("ContainerMetadata", fields -> {
        var containerId = fields.required("containerId", Codec.STRING, ContainerMetadata::containerId);
        var createdAt = fields.optional("createdAt", Codec.TIMESTAMP, ContainerMetadata::createdAt);
        return in -> new ContainerMetadata(in.get(containerId), in.get(createdAt));
    });
}
