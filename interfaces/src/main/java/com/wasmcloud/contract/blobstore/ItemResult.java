package com.wasmcloud.contract.blobstore;

import com.wasmcloud.contract.rpc.Codec;
import java.util.Optional;

/**
 * What became of one of several items.
 *
 * @param key name of the container or object
 * @param error why it failed, when {@code success} is false
 */
public record ItemResult(String key, boolean success, Optional<String> error) {
    /** How it is written and read. */
    public static final Codec<ItemResult> CODEC = Codec.record("ItemResult", fields -> {
        var key = fields.withDefault("key", Codec.STRING, "", ItemResult::key);
        var success = fields.withDefault("success", Codec.BOOL, false, ItemResult::success);
        var error = fields.optional("error", Codec.STRING, ItemResult::error);
        return in -> new ItemResult(in.get(key), in.get(success), in.get(error));
    });
}
