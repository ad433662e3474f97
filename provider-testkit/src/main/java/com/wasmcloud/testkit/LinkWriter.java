package com.wasmcloud.testkit;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.lattice.Json;
import com.wasmcloud.lattice.LinkDefinition;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** Links as each host family writes them. */
final class LinkWriter {
    private LinkWriter() {}

    static Bytes message(HostForm form, LinkDefinition link) {
        return switch (form) {
            case RUST -> Msgpack.write(link.toJson());
            case OTP -> Msgpack.write(otp(link));
            case HARNESS -> Bytes.utf8(Json.write(link.toJson()));
        };
    }

    /** With one key more, and in an order of its own. */
    static Map<String, Object> otp(LinkDefinition link) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("values", link.values());
        map.put("provider_id", link.providerId());
        map.put("link_name", link.linkName());
        map.put("id", id(link));
        map.put("contract_id", link.contractId());
        map.put("actor_id", link.actorId());
        return map;
    }

    private static String id(LinkDefinition link) {
        String text = link.actorId() + link.contractId() + link.linkName();
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().withUpperCase().formatHex(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
