package com.wasmcloud.demo;

import com.wasmcloud.provider.support.Json;
import com.wasmcloud.testkit.host.HostKeys;
import com.wasmcloud.wasmbus.LinkDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the containers of the demo find in their common volume: host data for each provider, and the settings of the servers,
 * which hold their passwords.
 *
 * @param folder the volume
 * @param keys what all files are made of
 * @param port under which the page is reached on the engine's machine
 */
record StackFiles(Path folder, StackKeys keys, int port) {
    static final String LATTICE = "default";

    static final String LINK = "default";
    private static final String KEYS = "keys.json";
    private static final String S3_USER = "demo";

    /** Those in a folder. */
    static StackFiles in(Path folder, int port) {
        return new StackFiles(folder, StackKeys.read(folder.resolve(KEYS)), port);
    }

    /**
     * Writes all of them into a folder, with the keys that are there, and new ones for what has none, such as a provider that an
     * earlier version of the demo did not have. The keys come first:
     * whatever else there is follows from them.
     *
     * @throws UncheckedIOException when the folder cannot be written
     */
    static void prepare(Path folder, int port) {
        prepare(folder, port, Map.of());
    }

    /**
     * The same for providers whose keys are given.
     *
     * @param providers the keys of some of them
     */
    static StackFiles prepare(Path folder, int port, Map<Part, String> providers) {
        StackKeys fresh = StackKeys.generate();
        boolean known = Files.exists(folder.resolve(KEYS));
        StackKeys keys = known ? StackKeys.read(folder.resolve(KEYS)).completedFrom(fresh) : fresh;
        StackFiles files = new StackFiles(folder, keys.withProviders(providers), port);
        files.write();
        return files;
    }

    private void write() {
        write(KEYS, keys.toJson());
        write("nats.conf", """
                listen: "0.0.0.0:4222"
                http: "127.0.0.1:8222"
                jetstream { store_dir: "/data", max_memory_store: 64M, max_file_store: 2G }
                authorization { user: "demo", password: "%s" }
                """.formatted(keys.natsPassword()));
        write("valkey.conf", """
                requirepass %s
                bind 0.0.0.0
                dir /data
                save ""
                appendonly yes
                appendfsync always
                """.formatted(keys.valkeyPassword()));
        write("s3proxy.conf", """
                s3proxy.endpoint=http://0.0.0.0:8080
                s3proxy.authorization=aws-v4
                s3proxy.identity=%s
                s3proxy.credential=%s
                jclouds.provider=filesystem-nio2
                jclouds.filesystem.basedir=/data
                """.formatted(S3_USER, keys.s3Secret()));
        for (Part part : Part.values()) {
            byte[] json = Json.write(hostData(part)).getBytes(StandardCharsets.UTF_8);
            write(part.module() + ".host-data", Base64.getEncoder().encodeToString(json) + "\n");
        }
    }

    /** Where the lattice's NATS is. */
    String natsUrl() {
        return "nats://demo:%s@nats:4222".formatted(keys.natsPassword());
    }

    /** The values of the actor's link to a provider. */
    Map<String, String> link(Part part) {
        return switch (part) {
            case KEY_VALUE -> Map.of("URL", "redis://:%s@valkey:6379".formatted(keys.valkeyPassword()));
            case BLOBS ->
                Map.of("endpoint", "http://s3:8080", "access_key_id", S3_USER, "secret_access_key", keys.s3Secret());
            case LOG -> Map.of();
            case FETCH -> publicInternetAnd("");
            case HTTP ->
                Map.of(
                        "address",
                        "0.0.0.0:8080",
                        // scripts of other sites must not use the demo through the browser of a person who visits them
                        "cors.allowed_origins",
                        "http://127.0.0.1:%1$d,http://localhost:%1$d".formatted(port));
        };
    }

    /**
     * What the actor's link to the HTTP client allows: anybody who sees the page chooses what is fetched, so nothing of the
     * networks that the demo stands in, unless these are named.
     */
    static Map<String, String> publicInternetAnd(String networks) {
        return Map.of(
                "allow_networks",
                networks.isBlank() ? "any" : "any," + networks,
                "deny_networks",
                "private",
                "max_response_bytes",
                "1048576",
                "request_timeout_ms",
                "8000");
    }

    /** The actor's link to a provider. */
    LinkDefinition definition(Part part) {
        return new LinkDefinition(
                keys.actor(), keys.provider(part), LINK, part.contract().id(), link(part));
    }

    private Map<String, Object> hostData(Part part) {
        HostKeys host = keys.host();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("host_id", host.hostKey());
        json.put("lattice_rpc_prefix", LATTICE);
        json.put("link_name", LINK);
        json.put("lattice_rpc_url", natsUrl());
        json.put("provider_key", keys.provider(part));
        json.put("instance_id", keys.instanceOf(part));
        json.put("invocation_seed", host.cluster().seed());
        json.put("cluster_issuers", List.of(host.cluster().publicKey()));
        json.put("env_values", Map.of());
        json.put("link_definitions", List.of(definition(part).toJson()));
        json.put("default_rpc_timeout_ms", Part.CALLS.toMillis());
        return json;
    }

    /** Whole or not at all, and for this user only. */
    void write(String name, String text) {
        try {
            Path whole = folder.resolve(name);
            Path part = folder.resolve(name + ".part");
            Files.deleteIfExists(part);
            Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(part, text);
            Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(
                    "cannot write %s into %s: %s".formatted(name, folder, unwritable.getMessage()), unwritable);
        }
    }

    @Override
    public String toString() {
        return "StackFiles[" + folder + "]";
    }
}
