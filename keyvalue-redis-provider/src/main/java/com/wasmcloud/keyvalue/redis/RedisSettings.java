package com.wasmcloud.keyvalue.redis;

import com.wasmcloud.provider.Link;
import com.wasmcloud.provider.settings.Secret;
import com.wasmcloud.provider.settings.Settings;
import com.wasmcloud.provider.settings.Sources;
import java.time.Duration;
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
    /**
     * Reads the settings of a link: its values over the provider configuration.
     *
     * @throws com.wasmcloud.provider.settings.SettingsException with everything that is wrong
     */
    static RedisSettings of(Link link) {
        return of(link.settings());
    }

    /** The same from wherever. */
    static RedisSettings of(Sources sources) {
        return sources.read(RedisSettings::from);
    }

    private static RedisSettings from(Settings settings) {
        RedisUrl url = url(settings);
        return new RedisSettings(
                url.address(),
                dataCredentials(settings, url.credentials()),
                credentials(settings, "sentinel_"),
                TlsSettings.from(settings, url.insecure()),
                settings.millis("connect_timeout_ms", Duration.ofSeconds(2)),
                settings.millis("command_timeout_ms", Duration.ofMillis(1500)),
                settings.text("key_prefix", ""));
    }

    /** How long an attempt to connect may take before another one is made, whatever became of it. */
    Duration attemptTimeout() {
        int connections = address instanceof RedisAddress.Sentinels sentinels
                ? sentinels.nodes().size() + 1
                : address instanceof RedisAddress.Cluster ? 4 : 1;
        return connectTimeout.multipliedBy(2).plus(commandTimeout).multipliedBy(connections);
    }

    private static RedisUrl url(Settings settings) {
        Optional<String> url = settings.text("url");
        if (url.isEmpty()) {
            return RedisUrl.DEFAULT;
        }
        try {
            return RedisUrl.parse(url.get());
        } catch (IllegalArgumentException e) {
            settings.problem("url", String.valueOf(e.getMessage()));
            return RedisUrl.DEFAULT;
        }
    }

    private static Credentials dataCredentials(Settings settings, Credentials ofUrl) {
        Credentials separate = credentials(settings, "");
        if (ofUrl.isNone()) {
            return separate;
        }
        for (String key : new String[] {"username", "password"}) {
            if (isForThisUrl(settings, key)) {
                settings.problem(key, "is given beside a user or password in the url; keep one");
            }
        }
        return ofUrl;
    }

    private static Credentials credentials(Settings settings, String prefix) {
        String userKey = prefix + "username";
        String passwordKey = prefix + "password";
        Optional<String> username = settings.text(userKey).filter(text -> isForThisUrl(settings, userKey));
        Optional<Secret> password = settings.secret(passwordKey).filter(text -> isForThisUrl(settings, passwordKey));
        if (username.isPresent() && password.isEmpty()) {
            settings.problem(userKey, "is given without " + passwordKey);
        }
        return new Credentials(username, password);
    }

    /** What goes with a URL of the provider configuration must not be sent to a server that a link names. */
    private static boolean isForThisUrl(Settings settings, String key) {
        return settings.outranks(key, "url");
    }
}
