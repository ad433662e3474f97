package com.wasmcloud.testkit.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** SHA-256 as archives write it. */
final class Hashes {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final int PIECE = 64 * 1024;

    private Hashes() {}

    /** Of all that a stream still has, without keeping it. */
    static String of(InputStream in) throws IOException {
        MessageDigest digest = sha256();
        byte[] piece = new byte[PIECE];
        for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
            digest.update(piece, 0, count);
        }
        return HEX.formatHex(digest.digest());
    }

    /** Of all targets together: the same for the same files, and another for others. */
    static String ofTargets(Map<String, String> targetHashes) {
        MessageDigest digest = sha256();
        new TreeMap<>(targetHashes)
                .forEach(
                        (target, hash) -> digest.update((target + " " + hash + "\n").getBytes(StandardCharsets.UTF_8)));
        return HEX.formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
