package com.wasmcloud.demo;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.nats.NatsAccess;
import com.wasmcloud.nats.NatsConnection;
import com.wasmcloud.provider.support.Json;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.wasmbus.Subjects;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts the demo under a wasmCloud host, as {@code wash} would: the links of the actor, and then the providers, from their
 * archives. What is there already stays. Used by one thread; owns its connection.
 */
final class HostDeployment implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration START = Duration.ofMinutes(2);

    private final StackFiles files;
    private final NatsConnection connection;

    private HostDeployment(StackFiles files, NatsConnection connection) {
        this.files = files;
        this.connection = connection;
    }

    /**
     * Puts all of it, and returns when every provider is healthy.
     *
     * @throws IllegalStateException with one sentence, when the host refuses something
     * @throws AssertionError when there is no host, or a provider does not become healthy
     */
    static void run(StackFiles files, NatsAccess nats) throws IOException, InterruptedException {
        NatsConnection connection = NatsConnection.connect(nats, "deployment of the demo");
        try (HostDeployment deployment = new HostDeployment(files, connection)) {
            deployment.put();
        }
    }

    private void put() {
        Await.until("a wasmCloud host answers", START, () -> host().isPresent());
        String host = host().orElseThrow();
        for (Part part : Part.values()) {
            ask("linkdefs.put", files.definition(part).toJson());
        }
        for (Part part : Part.values()) {
            if (!healthy(part)) {
                ask("cmd.%s.lp".formatted(host), start(host, part));
            }
        }
        for (Part part : Part.values()) {
            Await.until(part.module() + " is healthy", START, () -> healthy(part));
        }
    }

    private Map<String, Object> start(String host, Part part) {
        Map<String, Object> start = new LinkedHashMap<>();
        start.put(
                "provider_ref", HostFiles.archive(files.folder(), part).toUri().toString());
        start.put("link_name", StackFiles.LINK);
        start.put("host_id", host);
        start.put("annotations", Map.of());
        return start;
    }

    /** The key of one that is there. */
    private Optional<String> host() {
        return answer("wasmbus.ctl.%s.ping.hosts".formatted(StackFiles.LATTICE), Bytes.EMPTY)
                .map(host -> Json.text(host, "id"));
    }

    private boolean healthy(Part part) {
        String subject = new Subjects(StackFiles.LATTICE).health(files.keys().provider(part), StackFiles.LINK);
        return answer(subject, Bytes.utf8("{}"))
                .filter(health -> Boolean.TRUE.equals(health.get("healthy")))
                .isPresent();
    }

    /** Sends a command to hosts; a host that knows the provider already has nothing to do. */
    private void ask(String command, Map<String, Object> argument) {
        String subject = "wasmbus.ctl.%s.%s".formatted(StackFiles.LATTICE, command);
        Map<String, @Nullable Object> answer = answer(subject, Bytes.utf8(Json.write(argument)))
                .orElseThrow(() -> new IllegalStateException("the host does not answer " + command));
        String error = String.valueOf(answer.get("error"));
        if (!Boolean.TRUE.equals(answer.get("accepted")) && !error.contains("already running")) {
            throw new IllegalStateException("the host refuses %s: %s".formatted(command, error));
        }
    }

    private Optional<Map<String, @Nullable Object>> answer(String subject, Bytes question) {
        try {
            return Optional.of(
                    Json.object(Await.result(connection.request(subject, Map.of(), question.toByteArray(), PATIENCE))
                            .payload()));
        } catch (RpcException silence) {
            return Optional.empty();
        }
    }

    @Override
    public void close() throws InterruptedException {
        connection.close();
    }
}
