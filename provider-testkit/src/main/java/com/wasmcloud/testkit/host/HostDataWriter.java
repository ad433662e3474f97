package com.wasmcloud.testkit.host;

import com.wasmcloud.wasmbus.LinkDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Host data, key by key, in the order and with the oddities of each host family. */
final class HostDataWriter {
    private HostDataWriter() {}

    static Map<String, @Nullable Object> json(HostForm form, ProviderStart start) {
        return switch (form) {
            case RUST -> rust(start);
            case OTP -> otp(start);
            case HARNESS -> harness(start);
        };
    }

    private static Map<String, @Nullable Object> rust(ProviderStart start) {
        Map<String, @Nullable Object> json = common(start, start.natsUrl());
        start.configJson().ifPresent(text -> json.put("config_json", text));
        json.put("default_rpc_timeout_ms", start.rpcTimeout().toMillis());
        json.put("structured_logging", start.structuredLogging());
        Map<String, @Nullable Object> telemetry = new LinkedHashMap<>();
        telemetry.put("traces_exporter", start.environment().get("OTEL_TRACES_EXPORTER"));
        telemetry.put("exporter_otlp_endpoint", start.environment().get("OTEL_EXPORTER_OTLP_ENDPOINT"));
        json.put("otel_config", telemetry);
        return json;
    }

    /** Keys in the order of the alphabet, as small maps of Erlang have them. */
    private static Map<String, @Nullable Object> otp(ProviderStart start) {
        Map<String, @Nullable Object> json = new TreeMap<>(common(start, withoutScheme(start.natsUrl())));
        json.put("link_definitions", start.links().stream().map(LinkWriter::otp).toList());
        json.put("config_json", start.configJson().orElse(null));
        json.put("default_rpc_timeout_ms", start.rpcTimeout().toMillis());
        json.put("js_domain", start.jetStreamDomain().isEmpty() ? null : start.jetStreamDomain());
        json.put("lattice_rpc_tls", start.natsUrl().startsWith("tls://") ? 1 : 0);
        json.put("log_level", start.logLevel().orElse(null));
        json.put("structured_logging", start.structuredLogging());
        return json;
    }

    private static Map<String, @Nullable Object> harness(ProviderStart start) {
        Map<String, @Nullable Object> json = common(start, withoutScheme(start.natsUrl()));
        json.put("instance_id", "");
        start.configJson().ifPresent(text -> json.put("config_json", text));
        json.put("structured_logging", start.structuredLogging());
        return json;
    }

    private static Map<String, @Nullable Object> common(ProviderStart start, String natsUrl) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("host_id", start.hostId());
        json.put("lattice_rpc_prefix", start.lattice());
        json.put("link_name", start.linkName());
        json.put("lattice_rpc_user_jwt", start.userJwt());
        json.put("lattice_rpc_user_seed", start.userSeed());
        json.put("lattice_rpc_url", natsUrl);
        json.put("provider_key", start.providerKey());
        json.put("invocation_seed", start.cluster().seed());
        json.put("env_values", Map.of());
        json.put("instance_id", start.instanceId());
        json.put(
                "link_definitions",
                start.links().stream().map(LinkDefinition::toJson).toList());
        json.put("cluster_issuers", List.of(start.cluster().publicKey()));
        return json;
    }

    private static String withoutScheme(String url) {
        return url.substring(url.indexOf("://") + "://".length());
    }
}
