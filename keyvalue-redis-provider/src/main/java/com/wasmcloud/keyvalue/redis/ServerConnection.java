package com.wasmcloud.keyvalue.redis;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.api.StatefulRedisConnection;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** A connection to one server, by TCP or by its socket; with sentinels, to the primary that they named when it was made. */
final class ServerConnection implements Established, RedisConnectionStateListener {
    private final StatefulRedisConnection<byte[], byte[]> connection;
    private final AtomicBoolean told = new AtomicBoolean();
    private volatile String reason = "the server closed the connection";
    private volatile Consumer<String> listener = why -> {};

    ServerConnection(StatefulRedisConnection<byte[], byte[]> connection) {
        this.connection = connection;
    }

    /** Makes sure that the server answers without a login; fails, and closes the connection, with its error if not. */
    CompletionStage<ServerConnection> welcomed() {
        Request<byte[]> ping = Commands.ping();
        send(ping);
        return ping.<ServerConnection>handle((pong, failure) -> {
            boolean answers = failure == null
                    || (failure instanceof RedisCommandExecutionException error && Replies.isNotPermitted(error));
            if (!answers) {
                close();
                throw new CompletionException(failure);
            }
            return this;
        });
    }

    @Override
    public void send(Request<?> request) {
        connection.dispatch(request);
    }

    @Override
    public CompletionStage<String> probe() {
        Request<byte[]> ping = Commands.ping();
        send(ping);
        return Commands.trouble(ping);
    }

    @Override
    public CompletionStage<Boolean> isReplica() {
        Request<byte[]> role = Commands.role();
        send(role);
        return role.handle((answer, failure) -> failure == null && answer != null && Commands.isReplica(answer));
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
