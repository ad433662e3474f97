package com.wasmcloud.wasmbus;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.nats.KeyValueBucket;
import com.wasmcloud.nats.NatsConnection;
import com.wasmcloud.provider.support.Json;
import com.wasmcloud.provider.support.Threads;
import com.wasmcloud.provider.support.Version;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bucket in which hosts keep what a lattice consists of, for a process that no host has started: it announces itself
 * there as a host would have done, for Rust hosts let nobody call their actors whose claims are not there; and it finds the
 * links of the lattice there when no host is.
 *
 * <p>Thread-safe. Owns the thread on which it waits for the server.
 */
final class LatticeData implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LatticeData.class);
    private static final String LINKS = "LINKDEF_";
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final NatsConnection connection;
    private final KeyValueBucket bucket;
    private final ScheduledThreadPoolExecutor thread =
            new ScheduledThreadPoolExecutor(1, Threads.daemons("lattice-data"));

    LatticeData(NatsConnection connection, String lattice, String jetStreamDomain) {
        this.connection = connection;
        bucket = connection.keyValue("LATTICEDATA_" + lattice, jetStreamDomain);
    }

    /** All links of the lattice; fails when the bucket cannot be read. */
    CompletionStage<List<LinkDefinition>> links() {
        CompletableFuture<List<LinkDefinition>> links = new CompletableFuture<>();
        thread.execute(() -> {
            try {
                links.complete(readLinks());
            } catch (IOException | InterruptedException | RuntimeException e) {
                links.completeExceptionally(e);
            }
        });
        return links;
    }

    private List<LinkDefinition> readLinks() throws IOException, InterruptedException {
        List<LinkDefinition> links = new ArrayList<>();
        for (Bytes value : bucket.entries(LINKS).values()) {
            try {
                links.add(LinkDefinition.of(Json.object(value)));
            } catch (IllegalArgumentException e) {
                LOG.debug("ignoring a link in the lattice's bucket: {}", e.getMessage());
            }
        }
        return links;
    }

    /** Announces a provider, and tries again until that succeeds. */
    void announce(String name, String contractId, HostData data) {
        thread.execute(() -> announce(name, contractId, data, FIRST_PAUSE));
    }

    private void announce(String name, String contractId, HostData data, Duration pause) {
        try {
            bucket.put(
                    "CLAIMS_" + data.providerKey(),
                    Json.write(claims(name, contractId, data)).getBytes(StandardCharsets.UTF_8));
            connection.publish(
                    "wasmbus.evt." + data.lattice(),
                    Json.write(started(name, contractId, data)).getBytes(StandardCharsets.UTF_8));
            LOG.info("{} is announced to the hosts of lattice {}", name, data.lattice());
        } catch (IOException | RuntimeException e) {
            if (pause.equals(FIRST_PAUSE)) {
                LOG.warn(
                        "cannot announce {} to the hosts of lattice {}, and Rust hosts will refuse its calls to actors: {};"
                                + " trying again",
                        name,
                        data.lattice(),
                        e.getMessage());
            }
            Duration doubled = pause.multipliedBy(2);
            Duration next = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
            var unused = thread.schedule(
                    () -> announce(name, contractId, data, next), pause.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private static Map<String, Object> claims(String name, String contractId, HostData data) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("contract_id", contractId);
        claims.put("issuer", issuer(data));
        claims.put("name", name);
        claims.put("revision", "0");
        claims.put("subject", data.providerKey());
        claims.put("version", Version.current());
        return claims;
    }

    private static String issuer(HostData data) {
        return data.standalone().map(HostData.Standalone::issuer).orElse("");
    }

    private static Map<String, Object> started(String name, String contractId, HostData data) {
        Map<String, Object> provider = new LinkedHashMap<>();
        provider.put("public_key", data.providerKey());
        provider.put("image_ref", name + ":" + Version.current());
        provider.put("link_name", data.linkName());
        provider.put("contract_id", contractId);
        provider.put("instance_id", UUID.randomUUID().toString());
        provider.put("host_id", data.hostId());
        provider.put("annotations", Map.of());
        provider.put(
                "claims",
                Map.of(
                        "issuer",
                        issuer(data),
                        "tags",
                        List.of(),
                        "name",
                        name,
                        "version",
                        Version.current(),
                        "not_before_human",
                        "",
                        "expires_human",
                        ""));
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("specversion", "1.0");
        event.put("type", "com.wasmcloud.lattice.provider_started");
        event.put("source", data.hostId());
        event.put("id", UUID.randomUUID().toString());
        event.put("time", Instant.now().toString());
        event.put("datacontenttype", "application/json");
        event.put("data", provider);
        return event;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
