package com.wasmcloud.keyvalue.redis;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.AsyncCommand;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Connects to one server, by TCP or by its socket, or to the primary that sentinels name at that moment. */
final class ServerConnector implements Connector {
    private final RedisSettings settings;
    private final RedisRuntime runtime;
    private @Nullable LeanClient client;
    private boolean closed;

    ServerConnector(RedisSettings settings, RedisRuntime runtime) {
        this.settings = settings;
        this.runtime = runtime;
    }

    @Override
    public CompletionStage<Established> connect() {
        LeanClient now = client();
        return switch (settings.address().kind()) {
            case SENTINEL ->
                new Sentinels(settings, now)
                        .primary()
                        .thenCompose(node -> connect(now, LettuceSetup.node(settings, node)));
            case SOCKET -> connect(now, LettuceSetup.socket(settings));
            default ->
                connect(
                        now,
                        LettuceSetup.node(settings, settings.address().nodes().get(0)));
        };
    }

    private static CompletionStage<Established> connect(LeanClient client, RedisURI uri) {
        return client.connectAsync(ByteArrayCodec.INSTANCE, uri).thenApply(Server::new);
    }

    private synchronized LeanClient client() {
        if (closed) {
            throw new IllegalStateException("the link is closed");
        }
        if (client == null) {
            client = new LeanClient(runtime.acquire());
            client.setOptions(LettuceSetup.options(settings));
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

    /** One connection to one server. */
    private static final class Server implements Established, RedisConnectionStateListener {
        private final StatefulRedisConnection<byte[], byte[]> connection;
        private final AtomicReference<String> reason = new AtomicReference<>("the server closed the connection");
        private final AtomicBoolean told = new AtomicBoolean();
        private volatile Consumer<String> listener = why -> {};

        Server(StatefulRedisConnection<byte[], byte[]> connection) {
            this.connection = connection;
        }

        @Override
        public void send(AsyncCommand<byte[], byte[], ?> command) {
            connection.dispatch(command);
        }

        @Override
        public CompletionStage<Optional<String>> probe() {
            AsyncCommand<byte[], byte[], String> ping = Commands.ping();
            send(ping);
            return Commands.trouble(ping);
        }

        @Override
        public void whenLost(Consumer<String> callback) {
            listener = callback;
            connection.addListener(this);
            if (!connection.isOpen()) {
                onRedisDisconnected(null);
            }
        }

        @Override
        public void onRedisExceptionCaught(RedisChannelHandler<?, ?> handler, Throwable cause) {
            reason.set(Reasons.of(cause));
        }

        @Override
        public void onRedisDisconnected(@Nullable RedisChannelHandler<?, ?> handler) {
            if (told.compareAndSet(false, true)) {
                listener.accept(reason.get());
            }
        }

        @Override
        public void close() {
            CompletableFuture<Void> unused = connection.closeAsync();
        }
    }
}
