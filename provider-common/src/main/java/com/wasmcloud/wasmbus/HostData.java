package com.wasmcloud.wasmbus;

import com.wasmcloud.provider.HostDataLine;
import com.wasmcloud.provider.support.Json;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a host tells a provider when it starts it.
 *
 * <p>An immutable value. It holds the seeds of the lattice, so {@link #toString()} prints identities only.
 *
 * @param hostId key of the host, {@code N…}; the only host whose shutdown requests count
 * @param lattice id of the lattice
 * @param linkName the link name that this process serves
 * @param providerKey key of this provider, {@code V…}
 * @param instanceId a name for this process, for logs
 * @param nats how the lattice's NATS is reached
 * @param trust whose calls are accepted, and how ours are signed
 * @param rpcTimeout how long a call may take
 * @param links the links there were when the host wrote this
 * @param setup what is no matter of the protocol
 * @param standalone set when no host has started this process
 */
public record HostData(
        String hostId,
        String lattice,
        String linkName,
        String providerKey,
        String instanceId,
        Nats nats,
        Trust trust,
        Duration rpcTimeout,
        List<LinkDefinition> links,
        Setup setup,
        Optional<Standalone> standalone) {
    /**
     * How the lattice's NATS is reached.
     *
     * @param url one server or several with commas between them, each with a scheme
     * @param userJwt user token, empty for none
     * @param userSeed user seed, empty for none
     * @param jetStreamDomain domain of the object store, empty for the default
     */
    public record Nats(String url, String userJwt, String userSeed, String jetStreamDomain) {
        /** Without the credentials. */
        @Override
        public String toString() {
            return "Nats[***]";
        }
    }

    /**
     * Whose calls are accepted, and how ours are signed.
     *
     * @param invocationSeed seed that signs our calls
     * @param clusterIssuers keys whose signatures on calls to us are accepted
     */
    public record Trust(String invocationSeed, List<String> clusterIssuers) {
        /** Without the seed. */
        @Override
        public String toString() {
            return "Trust[" + clusterIssuers + "]";
        }
    }

    /**
     * What is no matter of the protocol.
     *
     * @param configJson the provider configuration, empty for none
     * @param structuredLogging whether logs are to be JSON
     * @param logLevel level for logs as hosts name them, empty for the default
     * @param telemetry variables of OpenTelemetry that the host sets
     */
    public record Setup(String configJson, boolean structuredLogging, String logLevel, Map<String, String> telemetry) {
        /** Without the configuration, which may hold secrets. */
        @Override
        public String toString() {
            return "Setup[" + logLevel + "]";
        }
    }

    /**
     * For a process that no host has started. Hosts know nothing of it: it has to announce itself, and its links in the host
     * data are its own.
     *
     * @param issuer who vouches for the provider, {@code A…}, as its archive would say
     * @param linksFromBucket whether to look for links in the lattice's bucket when no host answers
     */
    public record Standalone(String issuer, boolean linksFromBucket) {}

    private static final String DEFAULT_NATS_URL = "nats://127.0.0.1:4222";
    private static final Duration DEFAULT_RPC_TIMEOUT = Duration.ofSeconds(2);
    private static final List<String> REQUIRED = List.of(
            "provider_key", "lattice_rpc_prefix", "link_name", "env_values", "link_definitions", "cluster_issuers");

    /**
     * Understands the line that a host writes.
     *
     * @throws IllegalArgumentException with one sentence, free of secrets, when it is not host data
     */
    public static HostData parse(String line) {
        return of(HostDataLine.parse(line));
    }

    /**
     * Understands the JSON object in the line.
     *
     * @throws IllegalArgumentException with one sentence, free of secrets, when it is not host data
     */
    static HostData of(Map<String, @Nullable Object> json) {
        try {
            return read(json);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("parsing host data: " + e.getMessage(), e);
        }
    }

    private static HostData read(Map<String, @Nullable Object> json) {
        for (String required : REQUIRED) {
            Object value = json.get(required);
            if (value == null || value.equals("")) {
                throw new IllegalArgumentException("missing field '" + required + "'");
            }
        }
        return new HostData(
                Json.text(json, "host_id"),
                Json.text(json, "lattice_rpc_prefix"),
                Json.text(json, "link_name"),
                Json.text(json, "provider_key"),
                Json.text(json, "instance_id"),
                new Nats(
                        natsUrl(Json.text(json, "lattice_rpc_url"), json.get("lattice_rpc_tls")),
                        Json.text(json, "lattice_rpc_user_jwt").strip(),
                        Json.text(json, "lattice_rpc_user_seed").strip(),
                        Json.text(json, "js_domain").strip()),
                new Trust(Json.text(json, "invocation_seed").strip(), issuers(json)),
                timeout(json.get("default_rpc_timeout_ms")),
                Json.objects(json, "link_definitions").stream()
                        .map(LinkDefinition::of)
                        .toList(),
                new Setup(
                        Json.text(json, "config_json").strip(),
                        structured(json),
                        Json.text(json, "log_level").strip(),
                        telemetry(Json.object(json, "otel_config"))),
                standalone(json));
    }

    private static Optional<Standalone> standalone(Map<String, @Nullable Object> json) {
        if (json.get("standalone") == null) {
            return Optional.empty();
        }
        Map<String, @Nullable Object> standalone = Json.object(json, "standalone");
        return Optional.of(new Standalone(
                Json.text(standalone, "issuer").strip(), Boolean.TRUE.equals(standalone.get("links_from_bucket"))));
    }

    private static Map<String, String> telemetry(Map<String, @Nullable Object> json) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("OTEL_TRACES_EXPORTER", Json.text(json, "traces_exporter").strip());
        variables.put(
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                Json.text(json, "exporter_otlp_endpoint").strip());
        variables.values().removeIf(String::isEmpty);
        return variables;
    }

    /** One host family leaves the scheme out, and says in a number of its own whether to use TLS. */
    private static String natsUrl(String urls, @Nullable Object tls) {
        boolean encrypted = tls instanceof Number flag ? flag.intValue() != 0 : Boolean.TRUE.equals(tls);
        String servers = urls.strip();
        if (servers.isEmpty()) {
            return DEFAULT_NATS_URL;
        }
        if (!servers.split(",", 2)[0].contains("://")) {
            return (encrypted ? "tls://" : "nats://") + servers;
        }
        return encrypted ? servers.replace("nats://", "tls://") : servers;
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
