package com.wasmcloud.blobstore.s3;

import com.wasmcloud.contract.rpc.RpcException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The containers that an actor has named. Hosts written in Rust ask for an object's metadata without its container; that
 * can be answered as long as there is only one it can mean. Thread-safe.
 */
final class SeenContainers {
    private static final int ENOUGH = 2;

    private final ContainerNames names;
    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    SeenContainers(ContainerNames names) {
        this.names = names;
    }

    void add(String container) {
        if (seen.size() < ENOUGH && !container.isEmpty()) {
            seen.add(container);
        }
    }

    /**
     * The container of those who name none.
     *
     * @throws RpcException when that is not clear
     */
    String theOnlyOne(String objectId) {
        if (names.byDefault().isPresent()) {
            return names.byDefault().get();
        }
        Set<String> candidates = Set.copyOf(seen);
        if (candidates.size() != 1) {
            throw RpcException.invalidArgument(
                    ("the request for the metadata of Object(%s) names no container, and which one is meant is not clear;"
                                    + " set default_container in the link")
                            .formatted(objectId));
        }
        return candidates.iterator().next();
    }
}
