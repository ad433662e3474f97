package com.wasmcloud.blobstore.s3;

import com.wasmcloud.provider.support.Background;
import com.wasmcloud.provider.support.Budget;
import com.wasmcloud.provider.support.HostNames;
import com.wasmcloud.provider.support.Shared;
import com.wasmcloud.provider.support.Shared.Use;
import com.wasmcloud.provider.support.Threads;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.net.InetAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the links of a process share: threads for the network and for the background, and the bound on memory.
 * There are no threads without links.
 *
 * <p>Thread-safe.
 */
final class S3Runtime {
    private static final int IO_THREADS = 2;
    private static final String LOOPS = "s3-io";

    private final Background background = new Background("s3");
    private final Shared<String, EventLoopGroup> loops = new Shared<>(new LoopsLife());
    private final HostNames names;
    private @Nullable Budget memory;

    S3Runtime() {
        this(InetAddress::getAllByName);
    }

    /** With another way to look up hosts. */
    S3Runtime(HostNames.Lookup lookup) {
        names = new HostNames(lookup, background.executor());
    }

    HostNames names() {
        return names;
    }

    Background background() {
        return background;
    }

    /** What the transfers of all links may hold; the size counts for the first link, and is the same for all. */
    synchronized Budget memory(int bytes) {
        if (memory == null) {
            memory =
                    new Budget(bytes, "the transfers under way hold all %d bytes of max_memory_bytes".formatted(bytes));
        }
        return memory;
    }

    /** The network's threads, which end after the last one who uses them. */
    Use<EventLoopGroup> useLoops() {
        return loops.use(LOOPS);
    }

    private static final class LoopsLife implements Shared.Life<String, EventLoopGroup> {
        @Override
        public EventLoopGroup begin(String name, @Nullable EventLoopGroup ending) {
            return new MultiThreadIoEventLoopGroup(IO_THREADS, Threads.daemons(name), NioIoHandler.newFactory());
        }

        @Override
        public CompletionStage<?> end(EventLoopGroup loops) {
            CompletableFuture<Void> ended = new CompletableFuture<>();
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).addListener(end -> ended.complete(null));
            return ended;
        }
    }
}
