package com.wasmcloud.testkit.host;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.provider.support.Json;
import com.wasmcloud.wasmbus.LinkDefinition;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Links as each host family writes them. */
final class LinkWriter {
    private LinkWriter() {}

    static Bytes message(HostForm form, LinkDefinition link) {
        return switch (form) {
            case RUST -> Msgpack.write(link.toJson());
            case OTP -> Msgpack.write(otp(link).descendingMap());
            case HARNESS -> Bytes.utf8(Json.write(link.toJson()));
        };
    }

    /** With one key more, in the order of the alphabet, which messages have backwards. */
    static NavigableMap<String, Object> otp(LinkDefinition link) {
        NavigableMap<String, Object> map = new TreeMap<>(link.toJson());
        map.put("id", id(link));
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
