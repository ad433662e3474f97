package com.wasmcloud.testkit.host;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.nkeys.KeyRole;
import com.wasmcloud.provider.support.Json;
import com.wasmcloud.wasmbus.LinkDefinition;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;

/**
 * The ways in which a {@link TestHost} can behave: as each of the two families of wasmCloud hosts does, or as the test
 * harness of the original providers does. They differ in nearly everything that a host may do in more than one way.
 */
public enum HostForm {
    /**
     * Hosts in Rust, 0.79 to 0.82: environment cleared, standard input closed soon after the line, MessagePack control
     * messages, empty health requests, strict about the length that a reply announces.
     */
    RUST,
    /**
     * Hosts in Elixir, up to 0.63: environment inherited, standard input left open, keys in other orders and some more of
     * them, numbers for booleans, addresses without a scheme, payloads chunked from 700 KiB.
     */
    OTP,
    /**
     * The harness that the original providers are tested with: a host id that is no key, an issuer that is a host's key,
     * base64 without padding, control messages in JSON, replies of actors that announce no length.
     */
    HARNESS;

    private static final String HARNESS_HOST = "_TEST_";
    /** A map of one key, {@code placeholder}, to true. */
    private static final String OTP_HEALTH = "81ab706c616365686f6c646572c3";

    /** The line for a provider's standard input, with its line break. */
    String line(ProviderStart start) {
        byte[] json = Json.write(HostDataWriter.json(this, start)).getBytes(StandardCharsets.UTF_8);
        return switch (this) {
            case RUST -> Base64.getEncoder().encodeToString(json) + "\r\n";
            case OTP -> Base64.getEncoder().encodeToString(json) + "\n";
            case HARNESS -> Base64.getEncoder().withoutPadding().encodeToString(json) + "\r\n";
        };
    }

    /** What the key that signs invocations is for. */
    KeyRole clusterRole() {
        return this == HARNESS ? KeyRole.HOST : KeyRole.CLUSTER;
    }

    /** What the host with this key calls itself towards its providers. */
    String hostId(String hostKey) {
        return this == HARNESS ? HARNESS_HOST : hostKey;
    }

    /** A link as this host sends it to put or delete it. */
    Bytes linkMessage(LinkDefinition link) {
        return LinkWriter.message(this, link);
    }

    Bytes healthRequest() {
        return switch (this) {
            case RUST -> Bytes.EMPTY;
            case OTP -> Bytes.wrap(HexFormat.of().parseHex(OTP_HEALTH));
            case HARNESS -> Bytes.utf8("{}");
        };
    }

    Bytes shutdownRequest(String hostId) {
        return Bytes.utf8(Json.write(Map.of("host_id", hostId)));
    }
}
