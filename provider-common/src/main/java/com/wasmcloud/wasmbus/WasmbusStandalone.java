package com.wasmcloud.wasmbus;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.contract.rpc.RpcException.Code;
import com.wasmcloud.nats.NatsAccess;
import com.wasmcloud.nats.NatsConnection;
import com.wasmcloud.provider.Health;
import com.wasmcloud.provider.Standalone;
import com.wasmcloud.provider.support.Causes;
import com.wasmcloud.provider.support.Json;
import com.wasmcloud.provider.support.Threads;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** For providers of this generation that no host starts. Thread-safe. */
final class WasmbusStandalone implements Standalone {
    private static final Duration CONNECTED_WITHIN = Duration.ofSeconds(2);
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(2);

    private final String contractId;

    WasmbusStandalone(String contractId) {
        this.contractId = contractId;
    }

    @Override
    public Health health(Map<String, @Nullable Object> hostData, Optional<Path> natsCaFile)
            throws IOException, InterruptedException {
        HostData data = HostData.of(hostData);
        NatsAccess access = new NatsAccess(
                data.nats().url(), data.nats().userJwt(), data.nats().userSeed(), natsCaFile);
        NatsConnection connection = new NatsConnection(access, "health " + data.providerKey());
        try {
            connect(connection);
            String subject = new Subjects(data.lattice()).health(data.providerKey(), data.linkName());
            byte[] question = HealthQuestion.forThisMachine().toByteArray();
            Bytes answer = connection
                    .request(subject, Map.of(), question, ANSWERED_WITHIN)
                    .toCompletableFuture()
                    .get()
                    .payload();
            return read(answer);
        } catch (ExecutionException e) {
            throw new IOException(reason(Causes.unwrap(e)), e);
        } finally {
            connection.close();
        }
    }

    /** The connection itself would retry an unavailable server forever. */
    private static void connect(NatsConnection connection)
            throws IOException, InterruptedException, ExecutionException {
        CompletableFuture<@Nullable Void> connected = new CompletableFuture<>();
        Threads.daemons("health")
                .newThread(() -> {
                    try {
                        connection.connect();
                        connected.complete(null);
                    } catch (IOException | InterruptedException | RuntimeException e) {
                        connected.completeExceptionally(e);
                    }
                })
                .start();
        try {
            connected.get(CONNECTED_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException(connection.problem().orElse("NATS did not answer in time"), e);
        }
    }

    private static Health read(Bytes answer) throws IOException {
        try {
            Map<String, @Nullable Object> json = Json.object(answer);
            return Boolean.TRUE.equals(json.get("healthy"))
                    ? Health.HEALTHY
                    : Health.unhealthy(Json.text(json, "message"));
        } catch (IllegalArgumentException e) {
            throw new IOException("its answer cannot be understood: " + e.getMessage(), e);
        }
    }

    private static String reason(Throwable failure) {
        if (failure instanceof RpcException e && e.code() == Code.UNREACHABLE) {
            return "it is not running: nobody listens to its health questions";
        }
        if (failure instanceof RpcException e && e.code() == Code.TIMEOUT) {
            return "it is not running on this machine, or hangs: no answer within " + ANSWERED_WITHIN.toSeconds()
                    + " s";
        }
        return String.valueOf(failure.getMessage());
    }

    @Override
    public String options() {
        return HostDataOptions.USAGE;
    }

    @Override
    public NewHostData hostData(List<String> options) throws IOException {
        return new HostDataOptions(contractId).read(options);
    }
}
