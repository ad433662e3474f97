package com.wasmcloud.keyvalue.redis;

import com.wasmcloud.provider.settings.SettingsException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The credentials of a link. They are read from the settings again when a login is refused: the file that a setting points
 * to may hold a newer password by then. Thread-safe.
 */
final class Logins {
    private static final Logger LOG = LoggerFactory.getLogger(Logins.class);

    private final Supplier<RedisSettings> source;
    private final String address;
    private volatile Credentials servers;
    private volatile Credentials sentinels;
    private String problem = "";

    /**
     * Begins with what the settings hold now.
     *
     * @param source reads the settings anew
     */
    Logins(RedisSettings now, Supplier<RedisSettings> source) {
        this.source = source;
        this.address = now.address().toString();
        this.servers = now.credentials();
        this.sentinels = now.sentinelCredentials();
    }

    Login ofServers() {
        return new Login(() -> servers);
    }

    Login ofSentinels() {
        return new Login(() -> sentinels);
    }

    boolean hasServerLogin() {
        return servers.password().isPresent();
    }

    /** Reads the credentials again; true when they are others now. May block. */
    synchronized boolean readAgain() {
        RedisSettings now;
        try {
            now = source.get();
            problem = "";
        } catch (SettingsException e) {
            if (!problem.equals(e.getMessage())) {
                problem = String.valueOf(e.getMessage());
                LOG.warn("cannot read the credentials for Redis at {} again: {}", address, problem);
            }
            return false;
        }
        if (now.credentials().equals(servers) && now.sentinelCredentials().equals(sentinels)) {
            return false;
        }
        servers = now.credentials();
        sentinels = now.sentinelCredentials();
        LOG.info("Redis at {} refused the login; trying the credentials that the settings hold now", address);
        return true;
    }
}
