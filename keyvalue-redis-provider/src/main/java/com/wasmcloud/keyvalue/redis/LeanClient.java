package com.wasmcloud.keyvalue.redis;

import io.lettuce.core.ConnectionBuilder;
import io.lettuce.core.ConnectionEvents;
import io.lettuce.core.RedisAsyncCommandsImpl;
import io.lettuce.core.RedisChannelWriter;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisReactiveCommandsImpl;
import io.lettuce.core.RedisURI;
import io.lettuce.core.StatefulRedisConnectionImpl;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.protocol.PushHandler;
import io.lettuce.core.protocol.RedisCommand;
import io.lettuce.core.resource.ClientResources;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The Redis client without what this provider has no use for, and with unix sockets that need no native library.
 *
 * <p>The client's connections come with three APIs of over a thousand methods each, one of them a proxy made at run time;
 * they cost 11 MiB of memory and 0.1 s of processor time at start. Here a connection has none of them, and takes requests
 * through {@code dispatch}.
 */
final class LeanClient extends RedisClient {
    private final LinkChannel link;

    LeanClient(ClientResources resources, LinkChannel link) {
        super(resources, new RedisURI());
        this.link = link;
    }

    /** Whether a URI is for a socket, by a path for a host: the client's own way to say so needs native libraries. */
    static boolean isSocket(RedisURI uri) {
        return uri.getHost() != null && uri.getHost().startsWith("/");
    }

    /** Connects to the one server that a URI names. */
    CompletableFuture<StatefulRedisConnection<byte[], byte[]>> connectTo(RedisURI uri) {
        // not all methods of the client's own kind of future do what they should
        return connectAsync(ByteArrayCodec.INSTANCE, uri).toCompletableFuture();
    }

    @Override
    protected <K, V> StatefulRedisConnectionImpl<K, V> newStatefulRedisConnection(
            RedisChannelWriter writer, PushHandler pushHandler, RedisCodec<K, V> codec, Duration timeout) {
        return new Lean<>(writer, pushHandler, codec, timeout);
    }

    @Override
    protected void connectionBuilder(
            Mono<SocketAddress> address, ConnectionBuilder builder, ConnectionEvents events, RedisURI uri) {
        super.connectionBuilder(address, builder, events, uri);
        if (isSocket(uri)) {
            builder.bootstrap(new Bootstrap()
                    .option(ChannelOption.ALLOCATOR, ByteBufAllocator.DEFAULT)
                    .group(builder.bootstrap().config().group())
                    .channel(NioDomainSocketChannel.class));
            builder.apply(uri);
        }
        link.applyTo(builder.bootstrap());
    }

    private static final class Lean<K, V> extends StatefulRedisConnectionImpl<K, V> {
        Lean(RedisChannelWriter writer, PushHandler pushHandler, RedisCodec<K, V> codec, Duration timeout) {
            super(writer, pushHandler, codec, timeout);
        }

        /** Goes straight to the wire: no command of ours changes the state of the connection. */
        @Override
        public <T> RedisCommand<K, V, T> dispatch(RedisCommand<K, V, T> command) {
            return getChannelWriter().write(command);
        }

        @Override
        protected @Nullable RedisAsyncCommandsImpl<K, V> newRedisAsyncCommandsImpl() {
            return null;
        }

        @Override
        protected @Nullable RedisCommands<K, V> newRedisSyncCommandsImpl() {
            return null;
        }

        @Override
        protected @Nullable RedisReactiveCommandsImpl<K, V> newRedisReactiveCommandsImpl() {
            return null;
        }
    }
}
