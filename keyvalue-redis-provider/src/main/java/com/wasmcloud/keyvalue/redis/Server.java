package com.wasmcloud.keyvalue.redis;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.resource.ClientResources;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** A connection to one server, by TCP or by its socket; with sentinels, to the primary that they named when it was made. */
final class Server implements Established, RedisConnectionStateListener {
    private final StatefulRedisConnection<byte[], byte[]> connection;
    private final AtomicBoolean told = new AtomicBoolean();
    private volatile String reason = "the server closed the connection";
    private volatile Consumer<String> listener = why -> {};

    private Server(StatefulRedisConnection<byte[], byte[]> connection) {
        this.connection = connection;
    }

    static LeanClient client(RedisSettings settings, ClientResources resources) {
        LeanClient client = new LeanClient(resources);
        client.setOptions(LettuceSetup.options(settings));
        return client;
    }

    static CompletionStage<Established> connect(RedisSettings settings, LeanClient client) {
        RedisAddress address = settings.address();
        return switch (address.kind()) {
            case SENTINEL ->
                new Sentinels(settings, client)
                        .primary()
                        .thenCompose(primary -> connect(client, LettuceSetup.node(settings, primary)));
            case SOCKET -> connect(client, LettuceSetup.socket(settings));
            case SERVER, CLUSTER ->
                connect(client, LettuceSetup.node(settings, address.nodes().get(0)));
        };
    }

    private static CompletionStage<Established> connect(LeanClient client, RedisURI uri) {
        return client.connectTo(uri).thenApply(Server::new);
    }

    @Override
    public void send(AsyncCommand<byte[], byte[], ?> command) {
        connection.dispatch(command);
    }

    @Override
    public CompletionStage<Optional<String>> probe() {
        AsyncCommand<byte[], byte[], String> ping = Commands.ping();
        connection.dispatch(ping);
        return Commands.trouble(ping);
    }

    @Override
    public void whenLost(Consumer<String> callback) {
        listener = callback;
        connection.addListener(this);
        if (!connection.isOpen()) {
            tell();
        }
    }

    @Override
    public void onRedisExceptionCaught(RedisChannelHandler<?, ?> handler, Throwable cause) {
        reason = Reasons.of(cause);
    }

    @Override
    public void onRedisDisconnected(RedisChannelHandler<?, ?> handler) {
        tell();
    }

    private void tell() {
        if (told.compareAndSet(false, true)) {
            listener.accept(reason);
        }
    }

    @Override
    public CompletionStage<Void> close() {
        return connection.closeAsync();
    }
}
