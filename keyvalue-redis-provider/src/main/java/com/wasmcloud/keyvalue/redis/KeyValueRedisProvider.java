package com.wasmcloud.keyvalue.redis;

import com.wasmcloud.contract.keyvalue.KeyValue;
import com.wasmcloud.contract.keyvalue.KeyValueContract;
import com.wasmcloud.provider.Provider;
import java.security.Security;

/** Serves {@code wasmcloud:keyvalue} from Redis, with one connection for each link. */
public final class KeyValueRedisProvider {
    private KeyValueRedisProvider() {}

    /** Runs the provider as the process that a host, or a person with host data in a file, starts. */
    public static void main(String... arguments) {
        // a Redis that comes back under another address, or whose name appears late, is found within seconds
        Security.setProperty("networkaddress.cache.ttl", "2");
        Security.setProperty("networkaddress.cache.negative.ttl", "1");
        provider().run(arguments);
    }

    /** The provider as a description, for running it inside another process; each one has threads of its own. */
    public static Provider<KeyValue> provider() {
        RedisRuntime runtime = new RedisRuntime();
        return Provider.named("keyvalue-redis")
                .serves(KeyValueContract.INSTANCE, link -> RedisKeyValue.open(RedisSettings.of(link), runtime));
    }
}
