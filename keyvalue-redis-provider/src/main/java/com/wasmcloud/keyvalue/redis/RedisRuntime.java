package com.wasmcloud.keyvalue.redis;

import com.wasmcloud.provider.support.Background;
import io.lettuce.core.RedisURI;
import io.lettuce.core.event.Event;
import io.lettuce.core.event.EventBus;
import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import io.lettuce.core.resource.SocketAddressResolver;
import io.netty.resolver.NoopAddressResolverGroup;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * What the links of a process share: the threads of the Redis client, and those to connect on. There are no threads
 * without links.
 *
 * <p>Thread-safe.
 */
final class RedisRuntime {
    private static final int IO_THREADS = 2; // of which each link uses one
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final Background background = new Background("redis");
    /** Held, for Java forgets a logger, and its level with it, that nobody holds. */
    private @Nullable Logger clientLog;

    private @Nullable ClientResources resources;
    private int users;

    Background background() {
        return background;
    }

    /** Loads the client ahead of the first link: that takes longer than the rest of a start. No thread comes of it. */
    void preload() {
        LeanClient unused = Server.client(RedisSettings.DEFAULT, resources());
    }

    /** The client's threads, for one who will {@link #release} them; takes long the first time. */
    synchronized ClientResources acquire() {
        ClientResources shared = resources();
        users++;
        return shared;
    }

    private synchronized ClientResources resources() {
        ClientResources made = resources == null ? newResources() : resources;
        resources = made;
        return made;
    }

    /** The last one to release lets the threads end. */
    synchronized void release() {
        users--;
        if (users == 0 && resources != null) {
            Future<Boolean> unused = resources.shutdown(0, 1, TimeUnit.SECONDS);
            resources = null;
        }
    }

    private ClientResources newResources() {
        // what the client says of each attempt to connect, RedisConnection says once, and shorter
        clientLog = Logger.getLogger("io.lettuce");
        clientLog.setLevel(Level.SEVERE);
        return ClientResources.builder()
                .ioThreadPoolSize(IO_THREADS)
                .computationThreadPoolSize(IO_THREADS)
                .commandLatencyRecorder(CommandLatencyRecorder.disabled())
                .eventBus(new NoEvents())
                .addressResolverGroup(NoopAddressResolverGroup.INSTANCE)
                .socketAddressResolver(new Addresses())
                .reconnectDelay(Delay.exponential(FIRST_PAUSE, LONGEST_PAUSE, 2, TimeUnit.MILLISECONDS))
                .build();
    }

    /** Looks names up as Java does, on the thread that connects, and takes a host that is a path for a socket. */
    private static final class Addresses extends SocketAddressResolver {
        Addresses() {
            super(InetAddress::getAllByName);
        }

        @Override
        public SocketAddress resolve(RedisURI uri) {
            return isSocket(uri) ? UnixDomainSocketAddress.of(uri.getHost()) : super.resolve(uri);
        }
    }

    /** Whether a URI is for a socket: the client's own way to say so needs native libraries. */
    static boolean isSocket(RedisURI uri) {
        return uri.getHost() != null && uri.getHost().startsWith("/");
    }

    private static final class NoEvents implements EventBus {
        @Override
        public Flux<Event> get() {
            return Flux.empty();
        }

        @Override
        public void publish(Event event) {}
    }
}
