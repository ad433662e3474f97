package com.wasmcloud.blobstore.s3;

import com.wasmcloud.provider.settings.Origin;
import com.wasmcloud.provider.settings.Secret;
import com.wasmcloud.provider.settings.Settings;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Who the provider is towards S3. An immutable value that prints no secret.
 *
 * @param keys an access key; the default credential chain (profile, container, instance) when empty
 * @param role a role to assume with those
 */
record CredentialSettings(Optional<Keys> keys, Optional<Role> role) {
    private static final String DEFAULT_SESSION = "blobstore_s3_provider";
    private static final String[] KEY_NAMES = {"access_key_id", "secret_access_key"};

    /** An access key. */
    record Keys(String accessKeyId, Secret secretAccessKey, Optional<Secret> sessionToken) {}

    /**
     * A role whose temporary credentials STS gives.
     *
     * @param region of STS; that of S3 when empty
     * @param endpoint of STS, when it is not the one of AWS
     * @param tokenFile the web identity that stands for other credentials; read again whenever the role is assumed
     */
    record Role(
            String arn,
            Optional<String> region,
            String session,
            Optional<String> externalId,
            Optional<Endpoint> endpoint,
            Optional<Path> tokenFile) {}

    /**
     * Reads them. What belongs together comes from one place: a key of the link gets no session token of the environment,
     * and assumes no role that the environment names.
     */
    static CredentialSettings from(Settings settings) {
        Origin origin = settings.origin(KEY_NAMES);
        Optional<Keys> keys = origin == Origin.NOWHERE ? Optional.empty() : keys(settings, origin);
        boolean roleIsForKeys = settings.origin("sts_config.role").compareTo(origin) <= 0;
        boolean tokenIsForRole = settings.origin("web_identity_token_file").compareTo(origin) <= 0;
        return new CredentialSettings(keys, roleIsForKeys ? role(settings, tokenIsForRole) : Optional.empty());
    }

    private static Optional<Keys> keys(Settings settings, Origin origin) {
        for (String name : KEY_NAMES) {
            if (settings.origin(name) != origin) {
                settings.problem(name, "must be given where the other one of access_key_id and secret_access_key is");
                return Optional.empty();
            }
        }
        Optional<Secret> token = settings.secret("session_token")
                .filter(secret -> !secret.isBlank() && settings.origin("session_token") == origin);
        return settings.text(KEY_NAMES[0]).flatMap(id -> settings.secret(KEY_NAMES[1])
                .map(secret -> new Keys(id.strip(), secret.map(String::strip), token)));
    }

    private static Optional<Role> role(Settings settings, boolean withToken) {
        return optional(settings, "sts_config.role")
                .map(arn -> new Role(
                        arn,
                        optional(settings, "sts_config.region"),
                        optional(settings, "sts_config.session").orElse(DEFAULT_SESSION),
                        optional(settings, "sts_config.external_id"),
                        ServerSettings.address(settings, "sts_config.endpoint"),
                        withToken ? settings.file("web_identity_token_file") : Optional.empty()));
    }

    static Optional<String> optional(Settings settings, String key) {
        return settings.text(key).map(String::strip).filter(text -> !text.isEmpty());
    }
}
