package com.wasmcloud.wasmbus;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.provider.support.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a host tells a provider when it starts it: one line of base64 over a JSON object, on standard input.
 *
 * <p>An immutable value. It holds the seeds of the lattice, so {@link #toString()} prints identities only.
 *
 * @param hostId key of the host, {@code N…}; the only host whose shutdown requests count
 * @param lattice id of the lattice
 * @param linkName the link name that this process serves
 * @param providerKey key of this provider, {@code V…}
 * @param instanceId a name for this process, for logs
 * @param natsUrl the lattice's NATS server, with a scheme
 * @param userJwt NATS user token, empty for none
 * @param userSeed NATS user seed, empty for none
 * @param jetStreamDomain domain of the object store, empty for the default
 * @param invocationSeed seed that signs our calls
 * @param clusterIssuers keys whose signatures on calls to us are accepted
 * @param links the links there were when the host wrote this
 * @param configJson the provider's start-up configuration, empty for none
 * @param rpcTimeout how long a call may take
 * @param structuredLogging whether logs are to be JSON
 * @param logLevel level for logs as hosts name them, empty for the default
 * @param tracesExporter OpenTelemetry exporter of the host, empty for none
 * @param otlpEndpoint where OpenTelemetry data goes, empty for the default
 */
public record HostData(
        String hostId,
        String lattice,
        String linkName,
        String providerKey,
        String instanceId,
        String natsUrl,
        String userJwt,
        String userSeed,
        String jetStreamDomain,
        String invocationSeed,
        List<String> clusterIssuers,
        List<LinkDefinition> links,
        String configJson,
        Duration rpcTimeout,
        boolean structuredLogging,
        String logLevel,
        String tracesExporter,
        String otlpEndpoint) {
    private static final String DEFAULT_NATS_URL = "nats://127.0.0.1:4222";
    private static final Duration DEFAULT_RPC_TIMEOUT = Duration.ofSeconds(2);
    private static final List<String> REQUIRED = List.of(
            "provider_key", "lattice_rpc_prefix", "link_name", "env_values", "link_definitions", "cluster_issuers");
    private static final int LONGEST_LINE = 64 * 1024 * 1024;
    private static final Base64.Decoder LENIENT = Base64.getDecoder(); // padded or not

    /**
     * Reads one line and no further: a host may leave the stream open or close it at once.
     *
     * @throws IllegalArgumentException with one sentence, free of secrets, when the line is not host data
     */
    public static HostData read(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(4096);
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            if (line.size() == LONGEST_LINE) {
                throw new IllegalArgumentException("host data is longer than 64 MiB; it should be one line of base64");
            }
            line.write(b);
        }
        return parse(line.toString(StandardCharsets.UTF_8));
    }

    /**
     * Understands the line.
     *
     * @throws IllegalArgumentException with one sentence, free of secrets, when it is not host data
     */
    public static HostData parse(String line) {
        String base64 = line.strip();
        if (base64.isEmpty()) {
            throw new IllegalArgumentException("stdin is empty - expecting host data configuration");
        }
        byte[] json;
        try {
            json = LENIENT.decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "host data configuration passed through stdin has invalid encoding (expected base64)", e);
        }
        try {
            return of(Json.object(Bytes.wrap(json)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("parsing host data: " + e.getMessage(), e);
        }
    }

    private static HostData of(Map<String, @Nullable Object> json) {
        for (String required : REQUIRED) {
            Object value = json.get(required);
            if (value == null || value.equals("")) {
                throw new IllegalArgumentException("missing field '" + required + "'");
            }
        }
        Map<String, @Nullable Object> otel = Json.object(json, "otel_config");
        return new HostData(
                Json.text(json, "host_id"),
                Json.text(json, "lattice_rpc_prefix"),
                Json.text(json, "link_name"),
                Json.text(json, "provider_key"),
                Json.text(json, "instance_id"),
                natsUrl(Json.text(json, "lattice_rpc_url"), json.get("lattice_rpc_tls")),
                Json.text(json, "lattice_rpc_user_jwt").strip(),
                Json.text(json, "lattice_rpc_user_seed").strip(),
                Json.text(json, "js_domain").strip(),
                Json.text(json, "invocation_seed").strip(),
                issuers(json),
                Json.objects(json, "link_definitions").stream()
                        .map(LinkDefinition::of)
                        .toList(),
                Json.text(json, "config_json").strip(),
                timeout(json.get("default_rpc_timeout_ms")),
                structured(json),
                Json.text(json, "log_level").strip(),
                Json.text(otel, "traces_exporter").strip(),
                Json.text(otel, "exporter_otlp_endpoint").strip());
    }

    /** One host family leaves the scheme out, and says in a number of its own whether to use TLS. */
    private static String natsUrl(String url, @Nullable Object tls) {
        String stripped = url.strip();
        if (stripped.isEmpty()) {
            return DEFAULT_NATS_URL;
        }
        boolean encrypted = tls instanceof Number flag ? flag.intValue() != 0 : Boolean.TRUE.equals(tls);
        if (!stripped.contains("://")) {
            return (encrypted ? "tls://" : "nats://") + stripped;
        }
        return encrypted && stripped.startsWith("nats://")
                ? "tls://" + stripped.substring("nats://".length())
                : stripped;
    }

    private static List<String> issuers(Map<String, @Nullable Object> json) {
        return Json.array(json, "cluster_issuers").stream()
                .map(issuer -> {
                    if (issuer instanceof String key) {
                        return key;
                    }
                    throw new IllegalArgumentException("'cluster_issuers' must hold strings only");
                })
                .toList();
    }

    private static Duration timeout(@Nullable Object millis) {
        if (millis == null) {
            return DEFAULT_RPC_TIMEOUT;
        }
        if (millis instanceof Integer || millis instanceof Long) {
            long number = ((Number) millis).longValue();
            if (number > 0) {
                return Duration.ofMillis(number);
            }
        }
        throw new IllegalArgumentException("'default_rpc_timeout_ms' must be a number of milliseconds above 0");
    }

    /** Versions of one host family had other names for this key. */
    private static boolean structured(Map<String, @Nullable Object> json) {
        return Boolean.TRUE.equals(json.get("structured_logging"))
                || Boolean.TRUE.equals(json.get("structured_logging_enabled"))
                || Boolean.TRUE.equals(json.get("enable_structured_logging"));
    }

    @Override
    public String toString() {
        return "HostData[host " + hostId + ", lattice " + lattice + ", provider " + providerKey + ", link " + linkName
                + "]";
    }
}
