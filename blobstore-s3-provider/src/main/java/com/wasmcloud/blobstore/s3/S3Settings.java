package com.wasmcloud.blobstore.s3;

import com.wasmcloud.provider.Link;
import com.wasmcloud.provider.settings.Origin;
import com.wasmcloud.provider.settings.Settings;
import com.wasmcloud.provider.settings.Sources;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a link is set up with. An immutable value that prints no secret.
 *
 * @param containers the names that actors use
 */
record S3Settings(
        ServerSettings server,
        CredentialSettings credentials,
        NetworkSettings network,
        TransferSettings transfers,
        ContainerNames containers) {
    private static final Logger LOG = LoggerFactory.getLogger(S3Settings.class);

    /**
     * Reads the settings of a link.
     *
     * @throws com.wasmcloud.provider.settings.SettingsException with everything that is wrong
     */
    static S3Settings of(Link link) {
        return of(link.values(), link.configuration(), System.getenv());
    }

    /** The same for a link's values, the provider configuration and the environment of the process. */
    static S3Settings of(Map<String, String> link, Sources configuration, Map<String, String> environment) {
        return Sources.ofLink(link)
                .named(EnvironmentNames.ALL)
                .withDocuments()
                .withFile("env", name -> EnvironmentNames::parse)
                .over(configuration)
                .over(Sources.ofEnvironment(environment, EnvironmentNames.ALL))
                .read(S3Settings::from);
    }

    private static S3Settings from(Settings settings) {
        return new S3Settings(
                ServerSettings.from(settings),
                CredentialSettings.from(settings),
                NetworkSettings.from(settings),
                TransferSettings.from(settings, settings.origin("max_memory_bytes") == Origin.LINK),
                new ContainerNames(aliases(settings), CredentialSettings.optional(settings, "default_container")));
    }

    /** Those of the link's own values come before those of documents. */
    private static Map<String, String> aliases(Settings settings) {
        Map<String, String> aliases = new LinkedHashMap<>(settings.texts("aliases."));
        aliases.putAll(settings.texts("alias_"));
        aliases.entrySet().removeIf(alias -> {
            boolean useless = alias.getKey().isBlank() || alias.getValue().isBlank();
            if (useless) {
                LOG.warn("ignoring the alias '{}' for '{}': both need a name", alias.getKey(), alias.getValue());
            }
            return useless;
        });
        Map<String, String> lowerCased = new LinkedHashMap<>();
        aliases.forEach((name, bucket) -> lowerCased.put(name.toLowerCase(Locale.ROOT), bucket.strip()));
        return lowerCased;
    }
}
