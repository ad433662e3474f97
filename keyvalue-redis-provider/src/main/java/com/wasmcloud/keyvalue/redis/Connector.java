package com.wasmcloud.keyvalue.redis;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.resource.ClientResources;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
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
    static Connector<?> of(RedisSettings settings, RedisRuntime runtime) {
        return switch (settings.address().kind()) {
            case SERVER, SOCKET, SENTINEL ->
                new Connector<>(
                        runtime,
                        resources -> Server.client(settings, resources),
                        client -> Server.connect(settings, client));
            case CLUSTER ->
                new Connector<>(runtime, resources -> Cluster.client(settings, resources), Cluster::connect);
        };
    }

    /**
     * Makes a new connection. May block: the first one loads the client, and a name may have to be looked up.
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
        ClientResources resources = runtime.acquire();
        try {
            return newClient.apply(resources);
        } catch (RuntimeException e) {
            runtime.release();
            throw e;
        }
    }

    /** Closes all connections that were made, and the one that is being made; returns at once. */
    @Override
    public void close() {
        closed = true;
        runtime.background().run(this::shutDown);
    }

    private synchronized void shutDown() {
        C last = client;
        if (last != null) {
            // a client that is shut down while it connects leaves threads behind
            latest.handle((made, failure) -> last)
                    .thenCompose(AbstractRedisClient::shutdownAsync)
                    .whenComplete((done, failure) -> runtime.release());
        }
    }
}
