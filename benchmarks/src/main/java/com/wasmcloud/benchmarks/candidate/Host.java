package com.wasmcloud.benchmarks.candidate;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.Encoding;
import com.wasmcloud.nkeys.KeyPair;
import com.wasmcloud.nkeys.KeyRole;
import com.wasmcloud.provider.support.Json;
import com.wasmcloud.wasmbus.Claims;
import com.wasmcloud.wasmbus.Entity;
import com.wasmcloud.wasmbus.HealthCheckResponse;
import com.wasmcloud.wasmbus.Invocation;
import com.wasmcloud.wasmbus.LinkDefinition;
import com.wasmcloud.wasmbus.Subjects;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * The host's part, with keys made up for the run. All candidates have the same keys and differ by the lattice they are
 * in, so that the same signed calls can be sent to each of them. Used by one thread.
 */
public final class Host implements AutoCloseable {
    private static final String LINK_NAME = "default";
    /** More links than this no run needs. */
    private static final int MOST_ACTORS = 16;

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final String natsUrl;
    private final Connection nats;
    private final KeyPair cluster = KeyPair.generate(KeyRole.CLUSTER);
    private final String key = KeyPair.generate(KeyRole.HOST).publicKey();
    private final String provider = KeyPair.generate(KeyRole.PROVIDER).publicKey();
    private final List<String> actors = Stream.generate(() -> KeyPair.generate(KeyRole.ACTOR))
            .limit(MOST_ACTORS)
            .map(KeyPair::publicKey)
            .toList();

    /** Connects, with keys of its own. */
    public Host(String natsUrl) throws IOException, InterruptedException {
        this.natsUrl = natsUrl;
        nats = Nats.connect(new Options.Builder()
                .server(natsUrl)
                .connectionName("host")
                .errorListener(new QuietEvents())
                .build());
    }

    /** Where all meet. */
    public String natsUrl() {
        return natsUrl;
    }

    /** The key that signs all calls. */
    public String cluster() {
        return cluster.publicKey();
    }

    /** The first actor, as one end of a call. */
    public Entity actor() {
        return actor(0);
    }

    /** One of 16 actors, as one end of a call. */
    public Entity actor(int number) {
        return Entity.actor(actors.get(number));
    }

    /** The provider that every candidate takes itself for, as one end of a call. */
    public Entity provider(String contractId) {
        return new Entity(provider, LINK_NAME, contractId);
    }

    /** Where the candidate of a lattice listens. */
    public String subject(String lattice) {
        return new Subjects(lattice).provider(provider, LINK_NAME);
    }

    /** The line that starts a provider whose one link, with the first actor, has these values. */
    public String hostData(String lattice, String contractId, Map<String, String> values) {
        return hostData(lattice, contractId, values, 1, Optional.empty());
    }

    /**
     * The same for a provider of several links, or one that reports what it does.
     *
     * @param links how many actors are linked, from the first on, all with the same values
     * @param collector where it reports traces and metrics, if it does
     */
    public String hostData(
            String lattice, String contractId, Map<String, String> values, int links, Optional<String> collector) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("host_id", key);
        json.put("lattice_rpc_prefix", lattice);
        json.put("link_name", LINK_NAME);
        json.put("lattice_rpc_user_jwt", "");
        json.put("lattice_rpc_user_seed", "");
        json.put("lattice_rpc_url", natsUrl);
        json.put("provider_key", provider);
        json.put("invocation_seed", cluster.seed());
        json.put("env_values", Map.of());
        json.put("instance_id", "00000000-0000-4000-8000-000000000000");
        json.put(
                "link_definitions",
                actors.stream()
                        .limit(links)
                        .map(actor -> new LinkDefinition(actor, provider, LINK_NAME, contractId, values).toJson())
                        .toList());
        json.put("cluster_issuers", List.of(cluster.publicKey()));
        json.put("default_rpc_timeout_ms", 2000);
        json.put("structured_logging", false);
        Map<String, Object> telemetry = new LinkedHashMap<>();
        telemetry.put("traces_exporter", null);
        telemetry.put("exporter_otlp_endpoint", collector.orElse(null)); // alone it switches both on
        json.put("otel_config", telemetry);
        return Base64.getEncoder().encodeToString(Json.write(json).getBytes(StandardCharsets.UTF_8)) + "\r\n";
    }

    /** Signed calls to the provider, all of the same size and each with an id of its own; tokens of calls do not expire. */
    public byte[][] calls(int count, String contractId, int links, String operation, IntFunction<Bytes> argument) {
        byte[][] calls = new byte[count][];
        for (int i = 0; i < count; i++) {
            calls[i] = call(actor(i % links), provider(contractId), operation, i, argument.apply(i));
        }
        return calls;
    }

    /** One signed call; those of one number have the same id. */
    public byte[] call(Entity origin, Entity target, String operation, int number, Bytes argument) {
        String id = "%032x".formatted(number);
        String targetUrl = target.url() + "/" + operation;
        String hash = Claims.hash(origin.url(), targetUrl, operation, argument);
        long now = Instant.now().getEpochSecond();
        String token = Claims.sign(cluster, id, targetUrl, origin.url(), hash, now);
        Optional<Long> size = Optional.of((long) argument.size());
        Invocation call = new Invocation(origin, target, operation, argument, id, token, key, size, Optional.empty());
        return Invocation.CODEC.encode(call, Encoding.MSGPACK).toByteArray();
    }

    /** What a candidate says of its health, nothing when it does not listen yet. */
    public Optional<HealthCheckResponse> health(String subject) throws InterruptedException {
        Message reply = nats.request(subject + ".health", new byte[0], PATIENCE);
        return reply == null || reply.isStatusMessage()
                ? Optional.empty()
                : Optional.of(HealthCheckResponse.CODEC.decode(Bytes.wrap(reply.getData()), Encoding.MSGPACK));
    }

    /** Asks a candidate to stop; it may not listen any more. */
    public void stop(String subject) throws InterruptedException {
        String request = Json.write(Map.of("host_id", key));
        nats.request(subject + ".shutdown", request.getBytes(StandardCharsets.UTF_8), PATIENCE);
    }

    @Override
    public void close() throws InterruptedException {
        nats.close();
    }
}
