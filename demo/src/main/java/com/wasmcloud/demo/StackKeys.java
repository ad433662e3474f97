package com.wasmcloud.demo;

import com.wasmcloud.nkeys.KeyPair;
import com.wasmcloud.nkeys.KeyRole;
import com.wasmcloud.provider.support.Json;
import com.wasmcloud.testkit.host.HostForm;
import com.wasmcloud.testkit.host.HostKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Every key, password and name that the containers of the demo share, made once and kept in a volume. An immutable value;
 * prints nothing of itself.
 *
 * @param texts by name, as they stand in the file
 */
record StackKeys(Map<String, String> texts) {
    private static final String CLUSTER_SEED = "cluster_seed";
    private static final String HOST = "host_key";
    private static final String ACTOR = "actor_key";
    private static final String NATS_PASSWORD = "nats_password";
    private static final String VALKEY_PASSWORD = "valkey_password";
    private static final String S3_SECRET = "s3_secret";

    StackKeys {
        texts = Map.copyOf(texts);
    }

    /** New ones. */
    static StackKeys generate() {
        HostKeys host = HostKeys.generate(HostForm.RUST);
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put(CLUSTER_SEED, host.cluster().seed());
        texts.put(HOST, host.hostKey());
        texts.put(ACTOR, KeyPair.generate(KeyRole.ACTOR).publicKey());
        texts.put(NATS_PASSWORD, password());
        texts.put(VALKEY_PASSWORD, password());
        texts.put(S3_SECRET, password());
        for (Part part : Part.values()) {
            texts.put(key(part), KeyPair.generate(KeyRole.PROVIDER).publicKey());
            texts.put(instance(part), UUID.randomUUID().toString());
        }
        return new StackKeys(texts);
    }

    /**
     * Those in a file.
     *
     * @throws UncheckedIOException when it cannot be read
     * @throws IllegalStateException when something is missing in it
     */
    static StackKeys read(Path file) {
        try {
            return new StackKeys(Json.texts(Map.of("keys", Json.object(Files.readString(file))), "keys"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(
                    "cannot read the keys in %s; the service 'keys' makes them".formatted(file), unreadable);
        } catch (IllegalArgumentException malformed) {
            throw new IllegalStateException(
                    "the keys in %s are damaged: %s; remove the volume, and new ones are made"
                            .formatted(file, malformed.getMessage()),
                    malformed);
        }
    }

    /** These, and others where these have none. */
    StackKeys completedFrom(StackKeys others) {
        Map<String, String> all = new LinkedHashMap<>(others.texts);
        all.putAll(texts);
        return new StackKeys(all);
    }

    /** These, with other keys of some providers. */
    StackKeys withProviders(Map<Part, String> keys) {
        Map<String, String> all = new LinkedHashMap<>(texts);
        keys.forEach((part, key) -> all.put(key(part), key));
        return new StackKeys(all);
    }

    String toJson() {
        return Json.write(new TreeMap<>(texts));
    }

    HostKeys host() {
        return new HostKeys(KeyPair.fromSeed(text(CLUSTER_SEED)), text(HOST));
    }

    String actor() {
        return text(ACTOR);
    }

    String provider(Part part) {
        return text(key(part));
    }

    String instanceOf(Part part) {
        return text(instance(part));
    }

    String natsPassword() {
        return text(NATS_PASSWORD);
    }

    String valkeyPassword() {
        return text(VALKEY_PASSWORD);
    }

    String s3Secret() {
        return text(S3_SECRET);
    }

    private static String key(Part part) {
        return part.module() + "_key";
    }

    private static String instance(Part part) {
        return part.module() + "_instance";
    }

    private static String password() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private String text(String name) {
        String text = texts.get(name);
        if (text == null) {
            throw new IllegalStateException(
                    "the keys lack '%s', as those of another version do; remove the volume, and new ones are made"
                            .formatted(name));
        }
        return text;
    }

    @Override
    public String toString() {
        return "StackKeys[***]";
    }
}
