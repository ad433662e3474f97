package com.wasmcloud.keyvalue.redis;

import com.wasmcloud.keyvalue.redis.RedisAddress.Credentials;
import com.wasmcloud.provider.Link;
import com.wasmcloud.provider.settings.Secret;
import com.wasmcloud.provider.settings.Settings;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What a link is set up with. An immutable value that prints no secret.
 *
 * @param credentials of the servers that hold the data
 * @param sentinelCredentials of the sentinels, which have their own
 * @param connectTimeout for a connection to be made, TLS included
 * @param commandTimeout for an answer, and for a call to wait for a connection that is being made
 * @param keyPrefix put before every key; may be empty
 */
record RedisSettings(
        RedisAddress address,
        Credentials credentials,
        Credentials sentinelCredentials,
        TlsSettings tls,
        Duration connectTimeout,
        Duration commandTimeout,
        String keyPrefix) {
    /** What counts when nothing is set. */
    static final RedisSettings DEFAULT = Settings.of(Map.of()).read(settings -> from(settings, key -> true));

    /**
     * Reads the settings of a link: its values over the provider's start-up configuration, keys in any letter case.
     *
     * @throws com.wasmcloud.provider.settings.SettingsException with everything that is wrong
     */
    static RedisSettings of(Link link) {
        return of(link.values(), link.settings());
    }

    /**
     * The same for a link's values by themselves and over the start-up configuration: where the link names a URL of its
     * own, the credentials of the start-up configuration are not for it.
     */
    static RedisSettings of(Map<String, String> values, Settings all) {
        Settings own = Settings.of(values).ignoringCase();
        boolean anyCredentials = !own.has("url");
        return all.ignoringCase().read(settings -> from(settings, key -> anyCredentials || own.has(key)));
    }

    private static RedisSettings from(Settings settings, Wanted wanted) {
        RedisAddress address = address(settings);
        return new RedisSettings(
                address,
                dataCredentials(settings, wanted, address.credentials()),
                credentials(settings, wanted, "sentinel_"),
                TlsSettings.from(settings, address.insecure()),
                settings.millis("connect_timeout_ms", Duration.ofSeconds(2)),
                settings.millis("command_timeout_ms", Duration.ofMillis(1500)),
                settings.text("key_prefix", ""));
    }

    /** Which of the keys that hold credentials are for this link. */
    private interface Wanted {
        boolean accepts(String key);
    }

    private static RedisAddress address(Settings settings) {
        Optional<String> url = settings.text("url");
        if (url.isEmpty()) {
            return RedisAddress.DEFAULT;
        }
        try {
            return RedisAddress.parse(url.get());
        } catch (IllegalArgumentException e) {
            settings.problem("url", String.valueOf(e.getMessage()));
            return RedisAddress.DEFAULT;
        }
    }

    private static Credentials dataCredentials(Settings settings, Wanted wanted, Credentials ofUrl) {
        Credentials separate = credentials(settings, wanted, "");
        if (ofUrl.isNone()) {
            return separate;
        }
        for (String key : new String[] {"username", "password"}) {
            if (settings.has(key) && wanted.accepts(key)) {
                settings.problem(key, "is given beside a user or password in the url; keep one");
            }
        }
        return ofUrl;
    }

    private static Credentials credentials(Settings settings, Wanted wanted, String prefix) {
        Optional<String> username =
                settings.text(prefix + "username").filter(text -> wanted.accepts(prefix + "username"));
        Optional<Secret> password =
                settings.secret(prefix + "password").filter(text -> wanted.accepts(prefix + "password"));
        if (username.isPresent() && password.isEmpty()) {
            settings.problem(prefix + "username", "is given without " + prefix + "password");
        }
        return new Credentials(username, password);
    }
}
