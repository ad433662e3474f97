package com.wasmcloud.keyvalue.redis;

import com.wasmcloud.provider.settings.Secret;
import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisCredentialsProvider.ImmediateRedisCredentialsProvider;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the client logs in with each time it connects. Thread-safe. */
final class Login implements ImmediateRedisCredentialsProvider {
    private final Supplier<Credentials> credentials;

    /** Logs in with what the supplier gives at that moment. */
    Login(Supplier<Credentials> credentials) {
        this.credentials = credentials;
    }

    @Override
    public RedisCredentials resolveCredentialsNow() {
        Credentials now = credentials.get();
        char @Nullable [] password =
                now.password().map(Secret::reveal).map(String::toCharArray).orElse(null);
        return RedisCredentials.just(password == null ? null : now.username().orElse(null), password);
    }
}
