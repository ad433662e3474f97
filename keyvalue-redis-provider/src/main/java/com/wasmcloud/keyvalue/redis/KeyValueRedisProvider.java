package com.wasmcloud.keyvalue.redis;

import com.wasmcloud.contract.keyvalue.KeyValue;
import com.wasmcloud.contract.keyvalue.KeyValueContract;
import com.wasmcloud.provider.Link;
import com.wasmcloud.provider.Provider;
import com.wasmcloud.wasmbus.Wasmbus;
import java.util.Map;

/** Serves {@code wasmcloud:keyvalue} from Redis, with one connection for each link. */
public final class KeyValueRedisProvider {
    private KeyValueRedisProvider() {}

    /** Runs the provider as the process that a host, or a person with host data in a file, starts. */
    public static void main(String... arguments) {
        RedisRuntime runtime = new RedisRuntime();
        runtime.background().run(runtime::preload); // it takes its time, and so does the rest
        provider(runtime).run(arguments);
    }

    /** The provider as a description, for running it inside another process; each one has threads of its own. */
    public static Provider provider() {
        return provider(new RedisRuntime());
    }

    private static Provider provider(RedisRuntime runtime) {
        return Provider.named("keyvalue-redis")
                .speaks(Wasmbus.serves(KeyValueContract.INSTANCE, link -> open(link, runtime)));
    }

    private static KeyValue open(Link link, RedisRuntime runtime) {
        RedisSettings settings = RedisSettings.of(link);
        Map<String, String> attributes = Map.of(
                "db.system.name", "redis", "server.address", settings.address().toString());
        Logins logins = new Logins(settings, () -> RedisSettings.of(link));
        return new RedisKeyValue(RedisStore.open(settings, logins, link.memory(), link.spans(attributes), runtime));
    }
}
