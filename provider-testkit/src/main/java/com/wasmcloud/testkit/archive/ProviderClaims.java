package com.wasmcloud.testkit.archive;

import com.wasmcloud.nkeys.Ed25519;
import com.wasmcloud.nkeys.KeyPair;
import com.wasmcloud.nkeys.KeyText;
import com.wasmcloud.provider.support.Json;
import com.wasmcloud.wasmbus.Claims;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an archive says of its provider, signed by its issuer. An immutable value.
 *
 * @param issuer key of the account that vouches for it, {@code A…}
 * @param subject key of the provider, {@code V…}
 * @param issuedAt seconds since 1970
 * @param about what people want to know
 * @param targetHashes for each target such as {@code x86_64-linux}, the SHA-256 of its file in upper-case hexadecimal
 * @param schema JSON schema of the values of a link; empty for none
 */
public record ProviderClaims(
        String issuer,
        String subject,
        long issuedAt,
        About about,
        Map<String, String> targetHashes,
        Map<String, @Nullable Object> schema) {
    /**
     * What people want to know of a provider.
     *
     * @param revision hosts keep an executable under this number and never look at another with the same; 0 for none, and
     *     then they take the time of the claims
     */
    public record About(String name, String contractId, String vendor, String version, int revision) {}

    private static final String HEADER = "{\"typ\":\"jwt\",\"alg\":\"Ed25519\"}";
    private static final int REVISION_OF_FORM = 3;
    private static final int TOKEN_ID_LENGTH = 22;

    /** Keeps copies. */
    public ProviderClaims {
        targetHashes = Map.copyOf(targetHashes);
        schema = new LinkedHashMap<>(schema);
    }

    /** The signed token. The same claims and key give the same token. */
    public String sign(KeyPair account) {
        Map<String, @Nullable Object> wascap = new LinkedHashMap<>();
        wascap.put("name", about.name());
        wascap.put("capid", about.contractId());
        wascap.put("vendor", about.vendor());
        if (about.revision() != 0) {
            wascap.put("rev", about.revision());
        }
        wascap.put("ver", about.version());
        wascap.put("target_hashes", new TreeMap<>(targetHashes));
        if (!schema.isEmpty()) {
            wascap.put("config_schema", schema);
        }
        Map<String, @Nullable Object> claims = new LinkedHashMap<>();
        claims.put("jti", Hashes.ofTargets(targetHashes).substring(0, TOKEN_ID_LENGTH));
        claims.put("iat", issuedAt);
        claims.put("iss", account.publicKey());
        claims.put("sub", subject);
        claims.put("wascap", wascap);
        claims.put("wascap_revision", REVISION_OF_FORM);
        return Claims.sign(account, Json.write(claims).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads a token and checks its signature.
     *
     * @param now seconds since 1970
     * @throws IllegalArgumentException with what is wrong with it, as the rest of a sentence that begins with "the claims"
     */
    public static ProviderClaims verified(String token, long now) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("are no token of three parts");
        }
        byte[] signature;
        String header;
        Map<String, @Nullable Object> claims;
        try {
            header = new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8);
            signature = Base64.getUrlDecoder().decode(parts[2]);
            claims = Json.object(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("are no token: " + e.getMessage(), e);
        }
        if (!header.equals(HEADER)) {
            throw new IllegalArgumentException("are signed in a way that hosts do not know: " + printable(header));
        }
        String issuer = key(claims, "iss", 'A');
        String subject = key(claims, "sub", 'V');
        byte[] signed = token.substring(0, token.lastIndexOf('.')).getBytes(StandardCharsets.US_ASCII);
        if (!Ed25519.fastest().verify(KeyText.publicBytes(issuer), signed, signature)) {
            throw new IllegalArgumentException("are not signed by the issuer they name, " + issuer);
        }
        if (claims.get("exp") instanceof Number end && end.longValue() < now) {
            throw new IllegalArgumentException("have expired");
        }
        if (claims.get("nbf") instanceof Number begin && begin.longValue() > now) {
            throw new IllegalArgumentException("are not valid yet");
        }
        return of(issuer, subject, claims);
    }

    private static ProviderClaims of(String issuer, String subject, Map<String, @Nullable Object> claims) {
        Map<String, @Nullable Object> wascap = Json.object(claims, "wascap");
        for (String required : new String[] {"capid", "vendor", "target_hashes"}) {
            if (wascap.get(required) == null) {
                throw new IllegalArgumentException("have no '" + required + "', as those of a provider must");
            }
        }
        return new ProviderClaims(
                issuer,
                subject,
                claims.get("iat") instanceof Number made ? made.longValue() : 0,
                new About(
                        Json.text(wascap, "name"),
                        Json.text(wascap, "capid"),
                        Json.text(wascap, "vendor"),
                        Json.text(wascap, "ver"),
                        wascap.get("rev") instanceof Number revision ? revision.intValue() : 0),
                Json.texts(wascap, "target_hashes"),
                wascap.get("config_schema") instanceof Map<?, ?> ? Json.object(wascap, "config_schema") : Map.of());
    }

    private static String key(Map<String, @Nullable Object> claims, String member, char type) {
        String key = Json.text(claims, member);
        if (key.indexOf(type) != 0) {
            throw new IllegalArgumentException("must name a key that begins with " + type + " in '" + member + "'");
        }
        try {
            KeyText.publicBytes(key);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("have no key in '" + member + "': " + e.getMessage(), e);
        }
        return key;
    }

    private static String printable(String text) {
        return text.replaceAll("[^ -~]", "?").substring(0, Math.min(text.length(), 80));
    }
}
