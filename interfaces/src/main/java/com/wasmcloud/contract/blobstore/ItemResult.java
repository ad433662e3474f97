package com.wasmcloud.contract.blobstore;

import com.wasmcloud.contract.rpc.Codec;
import com.wasmcloud.contract.rpc.Field;
import java.util.Optional;

/**
 * What became of one of several items.
 *
 * @param key name of the container or object
 * @param error why it failed, when {@code success} is false
 */
public record ItemResult(String key, boolean success, Optional<String> error) {
    /** How it is written and read. */
    public static final Codec<ItemResult> CODEC = Codec.record(
            "ItemResult",
            Field.of("key", Codec.STRING, "", ItemResult::key),
            Field.of("success", Codec.BOOL, false, ItemResult::success),
            Field.optional("error", Codec.STRING, ItemResult::error),
            ItemResult::new);
}
