package com.wasmcloud.blobstore.s3;

import com.wasmcloud.provider.settings.Variables;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names that settings have as environment variables, in the process, in an {@code env} file or as values of a link.
 */
final class EnvironmentNames {
    static final Variables ALL = new Variables(List.of(
            Map.entry("AWS_ACCESS_KEY_ID", "access_key_id"),
            Map.entry("AWS_ACCESS_KEY", "access_key_id"),
            Map.entry("AWS_SECRET_ACCESS_KEY", "secret_access_key"),
            Map.entry("AWS_SESSION_TOKEN", "session_token"),
            Map.entry("AWS_TOKEN", "session_token"),
            Map.entry("AWS_REGION", "region"),
            Map.entry("AWS_DEFAULT_REGION", "region"),
            Map.entry("AWS_ENDPOINT", "endpoint"),
            Map.entry("AWS_ENDPOINT_URL_S3", "endpoint"),
            Map.entry("AWS_ENDPOINT_URL", "endpoint"),
            Map.entry("AWS_ROLE_ARN", "sts_config.role"),
            Map.entry("AWS_ROLE_REGION", "sts_config.region"),
            Map.entry("AWS_ROLE_SESSION_NAME", "sts_config.session"),
            Map.entry("AWS_ROLE_EXTERNAL_ID", "sts_config.external_id"),
            Map.entry("AWS_ENDPOINT_URL_STS", "sts_config.endpoint"),
            Map.entry("AWS_WEB_IDENTITY_TOKEN_FILE", "web_identity_token_file"),
            Map.entry("AWS_MAX_ATTEMPTS", "max_attempts"),
            Map.entry("AWS_REQUEST_CHECKSUM_CALCULATION", "checksum"),
            Map.entry("AWS_CA_BUNDLE", "tls_ca_file"),
            Map.entry("HTTPS_PROXY", "proxy"),
            Map.entry("HTTP_PROXY", "proxy"),
            Map.entry("NO_PROXY", "no_proxy"),
            Map.entry("MAX_CHUNK_SIZE", "max_chunk_size_bytes")));

    private EnvironmentNames() {}

    /** The settings in a file of lines {@code NAME=value}, as shells and Docker write it. */
    static Map<String, @Nullable Object> parse(String file) {
        Map<String, String> variables = new LinkedHashMap<>();
        file.lines().map(String::strip).filter(line -> !line.startsWith("#")).forEach(line -> {
            int equals = line.indexOf('=');
            if (equals > 0) {
                String name = line.substring(0, equals).strip().replaceFirst("^export\\s+", "");
                variables.put(name, unquoted(line.substring(equals + 1).strip()));
            }
        });
        return new LinkedHashMap<>(ALL.settings(variables));
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2
                && (value.charAt(0) == '"' || value.charAt(0) == '\'')
                && value.charAt(value.length() - 1) == value.charAt(0);
        return quoted ? value.substring(1, value.length() - 1) : value;
    }
}
