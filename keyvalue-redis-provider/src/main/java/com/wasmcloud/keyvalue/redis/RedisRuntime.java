package com.wasmcloud.keyvalue.redis;

import com.wasmcloud.provider.logs.LogSetup;
import com.wasmcloud.provider.support.Background;
import com.wasmcloud.provider.support.HostNames;
import com.wasmcloud.provider.support.Shared;
import io.lettuce.core.RedisURI;
import io.lettuce.core.event.Event;
import io.lettuce.core.event.EventBus;
import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import io.lettuce.core.resource.SocketAddressResolver;
import io.netty.util.HashedWheelTimer;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * What the links of a process share: the threads of the Redis client, and those to connect on. There are none of the
 * client's without links.
 *
 * <p>Thread-safe.
 */
final class RedisRuntime {
    private static final int IO_THREADS = 2; // of which each connection uses one
    private static final String ALL_LINKS = "all links";

    private final Background background;
    private final HostNames.Lookup lookup;
    private final AtomicReference<@Nullable ClientResources> preloaded = new AtomicReference<>();
    private final Shared<String, ClientResources> shared = new Shared<>(new Life());

    RedisRuntime() {
        this(new Background("redis"), InetAddress::getAllByName);
    }

    RedisRuntime(Background background, HostNames.Lookup lookup) {
        this.background = background;
        this.lookup = lookup;
    }

    Background background() {
        return background;
    }

    /** Loads the client's classes ahead of the first link, which takes longer than the rest of a start. Starts no thread. */
    void preload() {
        ClientResources resources = newResources();
        LeanClient unused = new LeanClient(resources, LinkChannel.OF_NO_LINK);
        preloaded.set(resources);
    }

    /**
     * Begins to use the client's threads.
     *
     * @throws OutOfMemoryError when there is no thread to be had; later there may be
     */
    Shared.Use<ClientResources> use() {
        return shared.use(ALL_LINKS);
    }

    private ClientResources newResources() {
        // what the client says of each attempt to connect, RedisConnection says once, and shorter
        LogSetup.quieten("io.lettuce", Level.SEVERE);
        return ClientResources.builder()
                .ioThreadPoolSize(IO_THREADS)
                .computationThreadPoolSize(IO_THREADS)
                .timer(new HashedWheelTimer(new DefaultThreadFactory("lettuce-timer", true)))
                .commandLatencyRecorder(CommandLatencyRecorder.disabled())
                .eventBus(new NoEvents())
                .addressResolverGroup(new NameLookup(new HostNames(lookup, background.executor())))
                .socketAddressResolver(new Addresses())
                .nettyCustomizer(LinkChannel.CUSTOMIZER)
                .reconnectDelay(Delay.exponential(
                        ClientSetup.PAUSES.first(), ClientSetup.PAUSES.longest(), 2, TimeUnit.MILLISECONDS))
                .build();
    }

    private final class Life implements Shared.Life<String, ClientResources> {
        @Override
        public ClientResources begin(String key, @Nullable ClientResources ending) {
            ClientResources early = preloaded.getAndSet(null);
            ClientResources resources = early == null ? newResources() : early;
            // now: a timer that fails to start when it is used makes its users wait for ever
            ((HashedWheelTimer) resources.timer()).start();
            return resources;
        }

        @Override
        public CompletionStage<?> end(ClientResources resources) {
            CompletableFuture<Void> ended = new CompletableFuture<>();
            resources.shutdown(0, 1, TimeUnit.SECONDS).addListener(done -> ended.complete(null));
            return ended.thenRunAsync(resources.timer()::stop, background.executor());
        }
    }

    /** Leaves names to {@link NameLookup}, and takes a host that is a path for a socket. */
    private static final class Addresses extends SocketAddressResolver {
        @Override
        public SocketAddress resolve(RedisURI uri) {
            String host = uri.getHost();
            if (LeanClient.isSocket(uri)) {
                return UnixDomainSocketAddress.of(host);
            }
            return NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host)
                    ? new InetSocketAddress(host, uri.getPort())
                    : InetSocketAddress.createUnresolved(host, uri.getPort());
        }
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
