package com.wasmcloud.keyvalue.redis;

import com.wasmcloud.provider.support.Causes;
import com.wasmcloud.provider.support.Shared;
import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.resource.ClientResources;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A link's client, made when it is first needed, and how it connects. Thread-safe; owns the client.
 *
 * @param <C> the kind of client
 */
final class Connector<C extends AbstractRedisClient> implements AutoCloseable {
    private final RedisRuntime runtime;
    private final Function<ClientResources, C> newClient;
    private final Function<C, CompletionStage<Established>> connecting;
    private volatile boolean closed;
    private Shared.@Nullable Use<ClientResources> threads;
    private @Nullable C client;
    private CompletionStage<?> latest = CompletableFuture.completedFuture("none yet");

    private Connector(
            RedisRuntime runtime,
            Function<ClientResources, C> newClient,
            Function<C, CompletionStage<Established>> connecting) {
        this.runtime = runtime;
        this.newClient = newClient;
        this.connecting = connecting;
    }

    /** The way to the server, the servers or the cluster that the settings name. */
    static Connector<?> of(RedisSettings settings, Logins logins, LinkChannel link, RedisRuntime runtime) {
        if (settings.address() instanceof RedisAddress.Cluster cluster) {
            return new Connector<>(
                    runtime,
                    resources -> clusterClient(resources, settings, cluster, logins, link),
                    client -> toCluster(client, runtime, logins));
        }
        return new Connector<>(
                runtime,
                resources -> {
                    LeanClient client = new LeanClient(resources, link);
                    client.setOptions(ClientSetup.server(settings));
                    return client;
                },
                client -> uri(settings, logins, client).thenCompose(uri -> toServer(client, uri, logins)));
    }

    private static BoundedClusterClient clusterClient(
            ClientResources resources,
            RedisSettings settings,
            RedisAddress.Cluster cluster,
            Logins logins,
            LinkChannel link) {
        for (EventExecutor worker : resources.eventExecutorGroup()) {
            // now, while a failure is noticed: the client connects lost nodes again on them
            Future<?> unused = worker.submit(() -> {});
        }
        List<RedisURI> nodes = cluster.nodes().stream()
                .map(node -> ClientSetup.server(settings, node, logins.ofServers()))
                .toList();
        BoundedClusterClient client = new BoundedClusterClient(resources, nodes, link);
        client.setOptions(ClientSetup.cluster(settings));
        return client;
    }

    /** Where the server with the data is. */
    private static CompletionStage<RedisURI> uri(RedisSettings settings, Logins logins, LeanClient client) {
        RedisAddress address = settings.address();
        if (address instanceof RedisAddress.Server server) {
            return CompletableFuture.completedFuture(ClientSetup.server(settings, server.node(), logins.ofServers()));
        }
        if (address instanceof RedisAddress.Socket socket) {
            return CompletableFuture.completedFuture(ClientSetup.socket(settings, socket, logins.ofServers()));
        }
        if (address instanceof RedisAddress.Sentinels sentinels) {
            return new SentinelLookup(settings, sentinels, client, logins.ofSentinels())
                    .primary()
                    .thenApply(primary -> ClientSetup.server(settings, primary, logins.ofServers()));
        }
        throw new IllegalArgumentException(address + " is not one server");
    }

    private static CompletionStage<Established> toServer(LeanClient client, RedisURI uri, Logins logins) {
        CompletionStage<ServerConnection> made = client.connectTo(uri).thenApply(ServerConnection::new);
        return (logins.hasServerLogin() ? made : made.thenCompose(ServerConnection::welcomed))
                .thenApply(Function.identity());
    }

    /** Starts from any node that answers. */
    private static CompletionStage<Established> toCluster(
            RedisClusterClient client, RedisRuntime runtime, Logins logins) {
        return client.refreshPartitionsAsync()
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(unread(Causes.unwrap(failure))))
                .thenCompose(read -> client.connectAsync(ByteArrayCodec.INSTANCE))
                .thenApply(connection -> new ClusterConnection(connection, failure -> {
                    if (Reasons.isLoginRefused(failure)) {
                        runtime.background().run(logins::readAgain);
                    }
                }))
                .thenCompose(ClusterConnection::connectedToAll)
                .thenApply(Function.identity());
    }

    /** What the nodes that were asked have said: the client's own text has several lines, with URLs in them. */
    private static RedisConnectionException unread(Throwable failure) {
        String reasons =
                Stream.of(failure.getSuppressed()).map(Reasons::of).distinct().collect(Collectors.joining("; "));
        RedisConnectionException unread = new RedisConnectionException(reasons.isEmpty() ? "no node answers" : reasons);
        Stream.of(failure.getSuppressed()).forEach(unread::addSuppressed);
        return unread;
    }

    /**
     * Makes a new connection. May block: the first one loads the client, and files of certificates are read.
     *
     * @throws IllegalStateException when it is closed
     */
    synchronized CompletionStage<Established> connect() {
        if (closed) {
            throw new IllegalStateException("the link is closed");
        }
        if (client == null) {
            client = makeClient();
        }
        CompletionStage<Established> attempt = connecting.apply(client);
        latest = attempt;
        return attempt;
    }

    private C makeClient() {
        if (threads == null) {
            threads = runtime.use();
        }
        return newClient.apply(threads.value());
    }

    /** Closes all connections that were made, and the one that is being made; returns at once. */
    @Override
    public void close() {
        closed = true;
        runtime.background().run(this::shutDown);
    }

    private synchronized void shutDown() {
        Shared.Use<ClientResources> used = threads;
        if (used == null) {
            return;
        }
        C last = client;
        if (last == null) {
            used.close();
            return;
        }
        // a client that is shut down while it connects leaves threads behind
        latest.handle((made, failure) -> last)
                .thenCompose(AbstractRedisClient::shutdownAsync)
                .whenComplete((done, failure) -> used.close());
    }
}
