package com.wasmcloud.keyvalue.redis;

import com.wasmcloud.provider.settings.Refreshable;
import java.util.function.Supplier;

/**
 * The credentials of a link. They are read from the settings again when a login is refused: the file that a setting points
 * to may hold a newer password by then. Thread-safe.
 */
final class Logins {
    private final Refreshable<Both> credentials;

    private record Both(Credentials servers, Credentials sentinels) {
        static Both of(RedisSettings settings) {
            return new Both(settings.credentials(), settings.sentinelCredentials());
        }
    }

    /**
     * Begins with what the settings hold now.
     *
     * @param source reads the settings anew
     */
    Logins(RedisSettings now, Supplier<RedisSettings> source) {
        credentials = new Refreshable<>(
                "the credentials for Redis at " + now.address(), Both.of(now), () -> Both.of(source.get()));
    }

    Login ofServers() {
        return new Login(() -> credentials.value().servers());
    }

    Login ofSentinels() {
        return new Login(() -> credentials.value().sentinels());
    }

    boolean hasServerLogin() {
        return credentials.value().servers().password().isPresent();
    }

    /** Reads the credentials again; true when they are others now. May block. */
    boolean readAgain() {
        return credentials.refresh();
    }
}
