package com.wasmcloud.keyvalue.redis;

import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode.NodeFlag;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.ConnectionIntent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Connects to a cluster, starting from any of its nodes that answers. The client follows the cluster's changes and keeps
 * the connections to its nodes; what is in flight on one that is lost fails, and is not sent again.
 */
final class ClusterConnector implements Connector {
    private static final Duration TOPOLOGY_READ_EVERY = Duration.ofSeconds(10);
    private static final Duration TOPOLOGY_READ_AT_MOST_EVERY = Duration.ofSeconds(1);

    private final RedisSettings settings;
    private final RedisRuntime runtime;
    private @Nullable RedisClusterClient client;
    private boolean closed;

    ClusterConnector(RedisSettings settings, RedisRuntime runtime) {
        this.settings = settings;
        this.runtime = runtime;
    }

    @Override
    public CompletionStage<Established> connect() {
        RedisClusterClient now = client();
        return now.refreshPartitionsAsync()
                .thenCompose(read -> now.connectAsync(ByteArrayCodec.INSTANCE))
                .thenApply(Cluster::new)
                .thenCompose(Cluster::connectToAll);
    }

    private synchronized RedisClusterClient client() {
        if (closed) {
            throw new IllegalStateException("the link is closed");
        }
        if (client == null) {
            client = RedisClusterClient.create(
                    runtime.acquire(),
                    settings.address().nodes().stream()
                            .map(node -> LettuceSetup.node(settings, node))
                            .toList());
            client.setOptions(ClusterClientOptions.builder(LettuceSetup.options(settings))
                    .validateClusterNodeMembership(false)
                    .topologyRefreshOptions(ClusterTopologyRefreshOptions.builder()
                            .enablePeriodicRefresh(TOPOLOGY_READ_EVERY)
                            .adaptiveRefreshTriggersTimeout(TOPOLOGY_READ_AT_MOST_EVERY)
                            .build())
                    .autoReconnect(true)
                    .build());
        }
        return client;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (client != null) {
            CompletableFuture<Void> unused = client.shutdownAsync().whenComplete((done, failure) -> runtime.release());
            client = null;
        }
    }

    /** The connections to the nodes of one cluster. */
    private static final class Cluster implements Established {
        private final StatefulRedisClusterConnection<byte[], byte[]> connection;

        Cluster(StatefulRedisClusterConnection<byte[], byte[]> connection) {
            this.connection = connection;
        }

        /** Connects to every node with data: the client refuses commands for one that it is only connecting to. */
        CompletionStage<Established> connectToAll() {
            return probe().handle((trouble, failure) -> this);
        }

        @Override
        public void send(AsyncCommand<byte[], byte[], ?> command) {
            connection.dispatch(command);
        }

        /** All is well when every node with data answers. */
        @Override
        public CompletionStage<Optional<String>> probe() {
            List<Probe> probes = connection.getPartitions().stream()
                    .filter(node -> node.is(NodeFlag.UPSTREAM) && !node.hasNoSlots())
                    .map(this::probe)
                    .toList();
            return CompletableFuture.allOf(probes.stream().map(Probe::trouble).toArray(CompletableFuture[]::new))
                    .handle((all, failure) -> sum(probes));
        }

        private record Probe(String node, CompletableFuture<Optional<String>> trouble) {}

        private Probe probe(RedisClusterNode node) {
            String host = node.getUri().getHost();
            int port = node.getUri().getPort();
            return new Probe(
                    host + ":" + port,
                    connection
                            .getConnectionAsync(host, port, ConnectionIntent.WRITE)
                            .thenCompose(Cluster::probe)
                            .toCompletableFuture());
        }

        private static CompletionStage<Optional<String>> probe(StatefulRedisConnection<byte[], byte[]> node) {
            AsyncCommand<byte[], byte[], String> ping = Commands.ping();
            node.dispatch(ping);
            return Commands.trouble(ping);
        }

        private static Optional<String> sum(List<Probe> probes) {
            String troubles = probes.stream()
                    .flatMap(probe -> trouble(probe).map(text -> probe.node + ": " + text).stream())
                    .collect(Collectors.joining(", "));
            if (!probes.isEmpty() && probes.stream().allMatch(probe -> probe.trouble.isCompletedExceptionally())) {
                throw new CompletionException(new IllegalStateException(troubles));
            }
            return Optional.of(troubles).filter(text -> !text.isEmpty());
        }

        private static Optional<String> trouble(Probe probe) {
            return probe.trouble
                    .handle((trouble, failure) -> failure == null ? trouble : Optional.of(Reasons.of(failure)))
                    .join();
        }

        /** The client makes lost connections again by itself, and a probe finds out when all are gone. */
        @Override
        public void whenLost(Consumer<String> listener) {}

        @Override
        public void close() {
            CompletableFuture<Void> unused = connection.closeAsync();
        }
    }
}
