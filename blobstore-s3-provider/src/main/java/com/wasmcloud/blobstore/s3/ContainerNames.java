package com.wasmcloud.blobstore.s3;

import com.wasmcloud.contract.rpc.RpcException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which bucket is behind the name of a container. An immutable value.
 *
 * @param aliases buckets by other names, which are in lower case
 * @param byDefault the container of those who name none
 */
record ContainerNames(Map<String, String> aliases, Optional<String> byDefault) {
    private static final String PREFIX = "alias_";

    ContainerNames {
        aliases = Map.copyOf(aliases);
    }

    /** An object in the bucket behind the name of a container. */
    ObjectName object(String container, String key) {
        if (key.isEmpty()) { // the only name that S3 cannot take and the client does not send
            throw RpcException.invalidArgument("the name of the object is empty");
        }
        return new ObjectName(container, bucket(container), key);
    }

    /** The bucket behind a name: an alias, with or without {@code alias_} before it, or a bucket's own name. */
    String bucket(String container) {
        String name = container.startsWith(PREFIX) ? container.substring(PREFIX.length()) : container;
        if (name.isEmpty()) {
            throw RpcException.invalidArgument("the name of the container is empty");
        }
        return aliases.getOrDefault(name.toLowerCase(Locale.ROOT), name);
    }
}
