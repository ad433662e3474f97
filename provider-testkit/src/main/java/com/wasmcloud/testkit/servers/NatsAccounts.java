package com.wasmcloud.testkit.servers;

import com.wasmcloud.nkeys.KeyPair;
import com.wasmcloud.nkeys.KeyRole;
import com.wasmcloud.provider.support.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * An operator with one account, for a {@link NatsServer} whose clients have to show a user token (JWT) and sign with the
 * seed it belongs to, as on a lattice with decentralised authentication.
 *
 * <p>Immutable and thread-safe.
 */
public final class NatsAccounts {
    private static final Map<String, Object> HEADER = new TreeMap<>(Map.of("typ", "JWT", "alg", "ed25519-nkey"));
    private static final Map<String, Object> LIMITS =
            Map.of("conn", -1, "subs", -1, "data", -1, "payload", -1, "imports", -1, "exports", -1);
    private static final Map<String, Object> JETSTREAM =
            Map.of("mem_storage", -1, "disk_storage", -1, "streams", -1, "consumer", -1);

    private final KeyPair operator = KeyPair.generate(KeyRole.OPERATOR);
    private final KeyPair account = KeyPair.generate(KeyRole.ACCOUNT);
    private final KeyPair system = KeyPair.generate(KeyRole.ACCOUNT);

    /** An operator and an account with keys of their own. */
    public NatsAccounts() {}

    /** A new user of the account, who may do everything there. */
    public User user() {
        KeyPair user = KeyPair.generate(KeyRole.USER);
        Map<String, Object> claims = Map.of("type", "user", "version", 2, "subs", -1, "data", -1, "payload", -1);
        return new User(token(account, user.publicKey(), "user", claims), user.seed());
    }

    /**
     * What a client shows and signs with.
     *
     * @param jwt the token
     * @param seed the seed, which stays a secret of the client
     */
    public record User(String jwt, String seed) {
        /** Without the seed. */
        @Override
        public String toString() {
            return "User[" + jwt + "]";
        }
    }

    /** What goes into the server's configuration. */
    List<String> configuration() {
        String operatorToken = token(
                operator,
                operator.publicKey(),
                "operator",
                Map.of("type", "operator", "version", 2, "system_account", system.publicKey()));
        return List.of(
                "operator: " + operatorToken,
                "system_account: " + system.publicKey(),
                "resolver: MEMORY",
                "resolver_preload: { %s: %s, %s: %s }"
                        .formatted(
                                account.publicKey(),
                                accountToken(account, "lattice", JETSTREAM),
                                system.publicKey(),
                                accountToken(system, "system", Map.of())));
    }

    private String accountToken(KeyPair key, String name, Map<String, Object> more) {
        Map<String, Object> limits = new TreeMap<>(LIMITS);
        limits.putAll(more);
        return token(operator, key.publicKey(), name, Map.of("type", "account", "version", 2, "limits", limits));
    }

    private static String token(KeyPair issuer, String subject, String name, Map<String, Object> claims) {
        Map<String, Object> content = new TreeMap<>();
        content.put("jti", UUID.randomUUID().toString());
        content.put("iat", Instant.now().getEpochSecond());
        content.put("iss", issuer.publicKey());
        content.put("sub", subject);
        content.put("name", name);
        content.put("nats", new TreeMap<>(claims));
        String signed = base64(Json.write(HEADER)) + "." + base64(Json.write(content));
        byte[] signature = issuer.sign(signed.getBytes(StandardCharsets.US_ASCII));
        return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
