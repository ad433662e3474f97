package com.wasmcloud.keyvalue.redis;

import io.lettuce.core.RedisConnectionException;
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
import io.lettuce.core.resource.ClientResources;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The connections to the nodes of a cluster that have data. The client follows the cluster's changes, and makes lost
 * connections again; what is in flight on one that is lost fails, and is not sent again.
 */
final class Cluster implements Established {
    private static final Duration TOPOLOGY_READ_EVERY = Duration.ofSeconds(10);
    private static final Duration TOPOLOGY_READ_AT_MOST_EVERY = Duration.ofSeconds(1);

    private final StatefulRedisClusterConnection<byte[], byte[]> connection;

    private Cluster(StatefulRedisClusterConnection<byte[], byte[]> connection) {
        this.connection = connection;
    }

    static RedisClusterClient client(RedisSettings settings, ClientResources resources) {
        RedisClusterClient client = RedisClusterClient.create(
                resources,
                settings.address().nodes().stream()
                        .map(node -> LettuceSetup.node(settings, node))
                        .toList());
        client.setOptions(ClusterClientOptions.builder(LettuceSetup.options(settings))
                .autoReconnect(true)
                .validateClusterNodeMembership(false)
                .topologyRefreshOptions(ClusterTopologyRefreshOptions.builder()
                        .enablePeriodicRefresh(TOPOLOGY_READ_EVERY)
                        .adaptiveRefreshTriggersTimeout(TOPOLOGY_READ_AT_MOST_EVERY)
                        .refreshTriggersReconnectAttempts(1)
                        .build())
                .build());
        return client;
    }

    /** Connects, starting from any node that answers. */
    static CompletionStage<Established> connect(RedisClusterClient client) {
        return client.refreshPartitionsAsync()
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(unread(Reasons.cause(failure))))
                .thenCompose(read -> client.connectAsync(ByteArrayCodec.INSTANCE))
                .thenApply(Cluster::new)
                .thenCompose(Cluster::connectToAll);
    }

    /** What the nodes that were asked have said: the client's own text has several lines, with URLs in them. */
    private static RedisConnectionException unread(Throwable failure) {
        String reasons =
                Stream.of(failure.getSuppressed()).map(Reasons::of).distinct().collect(Collectors.joining("; "));
        return new RedisConnectionException(reasons.isEmpty() ? "no node answers" : reasons);
    }

    /** Connects to every node with data: the client refuses commands for one that it is only connecting to. */
    private CompletionStage<Established> connectToAll() {
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
                .flatMap(probe -> trouble(probe).map(text -> probe.node + " " + text).stream())
                .collect(Collectors.joining(", "));
        if (!probes.isEmpty() && probes.stream().allMatch(probe -> probe.trouble.isCompletedExceptionally())) {
            throw new CompletionException(new RedisConnectionException("no node answers"));
        }
        return Optional.of(troubles).filter(text -> !text.isEmpty()).map(text -> "is not complete: " + text);
    }

    private static Optional<String> trouble(Probe probe) {
        return probe.trouble
                .handle((trouble, failure) ->
                        failure == null ? trouble : Optional.of("cannot be reached: " + Reasons.of(failure)))
                .join();
    }

    /** The client makes lost connections again by itself, and a probe finds out when all are gone. */
    @Override
    public void whenLost(Consumer<String> listener) {}

    @Override
    public CompletionStage<Void> close() {
        return connection.closeAsync();
    }
}
