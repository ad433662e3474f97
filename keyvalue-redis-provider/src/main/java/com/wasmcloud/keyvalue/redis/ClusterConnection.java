package com.wasmcloud.keyvalue.redis;

import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode.NodeFlag;
import io.lettuce.core.protocol.ConnectionIntent;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The connections to the nodes of a cluster that have data. The client follows the cluster's changes and connects lost
 * nodes again; what is in flight on a connection that is lost fails, and is not sent again.
 */
final class ClusterConnection implements Established {
    private final StatefulRedisClusterConnection<byte[], byte[]> connection;
    private final Consumer<Throwable> failures;

    /**
     * Takes over a connection that has been made.
     *
     * @param failures is told why a node cannot be reached
     */
    ClusterConnection(StatefulRedisClusterConnection<byte[], byte[]> connection, Consumer<Throwable> failures) {
        this.connection = connection;
        this.failures = failures;
    }

    /** Connects to every node with data: the client refuses requests for one that it is still connecting to. */
    CompletionStage<ClusterConnection> connectedToAll() {
        return probe().handle((trouble, failure) -> this);
    }

    @Override
    public void send(Request<?> request) {
        connection.dispatch(request);
    }

    /** A cluster is healthy when every node with data answers. */
    @Override
    public CompletionStage<String> probe() {
        List<Probe> probes = connection.getPartitions().stream()
                .filter(node -> node.is(NodeFlag.UPSTREAM) && !node.hasNoSlots())
                .map(this::probe)
                .toList();
        return CompletableFuture.allOf(probes.stream().map(Probe::trouble).toArray(CompletableFuture[]::new))
                .handle((all, failure) -> sum(probes));
    }

    private record Probe(String node, CompletableFuture<String> trouble) {}

    private Probe probe(RedisClusterNode node) {
        String host = node.getUri().getHost();
        int port = node.getUri().getPort();
        CompletableFuture<String> trouble = connection
                .getConnectionAsync(host, port, ConnectionIntent.WRITE)
                .thenCompose(ClusterConnection::probe)
                .toCompletableFuture();
        return new Probe(host + ":" + port, trouble);
    }

    private static CompletionStage<String> probe(StatefulRedisConnection<byte[], byte[]> node) {
        Request<byte[]> ping = Commands.ping();
        node.dispatch(ping);
        return Commands.trouble(ping);
    }

    private String sum(List<Probe> probes) {
        String troubles = probes.stream()
                .map(probe -> probe.node + " " + trouble(probe))
                .filter(text -> !text.endsWith(" "))
                .collect(Collectors.joining(", "));
        if (!probes.isEmpty() && probes.stream().allMatch(probe -> probe.trouble.isCompletedExceptionally())) {
            throw new CompletionException(new RedisConnectionException("no node answers"));
        }
        return troubles.isEmpty() ? "" : "is not complete: " + troubles;
    }

    private String trouble(Probe probe) {
        return probe.trouble
                .handle((trouble, failure) -> {
                    if (failure == null) {
                        return trouble;
                    }
                    failures.accept(failure);
                    return "cannot be reached: " + Reasons.of(failure);
                })
                .join();
    }

    /** Unknown: nodes of a cluster that are no primary redirect writes instead of refusing them. */
    @Override
    public CompletionStage<Boolean> isReplica() {
        return CompletableFuture.completedFuture(false);
    }

    /** The client connects lost nodes again, and a probe finds out when all are gone. */
    @Override
    public void whenLost(Consumer<String> listener) {}

    @Override
    public CompletionStage<Void> close() {
        return connection.closeAsync();
    }
}
