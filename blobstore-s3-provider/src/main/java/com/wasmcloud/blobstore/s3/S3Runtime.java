package com.wasmcloud.blobstore.s3;

import com.wasmcloud.provider.support.Background;
import com.wasmcloud.provider.support.Threads;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;

/**
 * What the links of a process share: threads for the network and for the background, and the bound on memory.
 * There are no threads without links.
 *
 * <p>Thread-safe.
 */
final class S3Runtime {
    private static final int IO_THREADS = 2;

    private final Background background = new Background("s3");
    private @Nullable Memory memory;
    private @Nullable SdkEventLoopGroup network;
    private int users;

    Background background() {
        return background;
    }

    /** The bound on memory; the size counts for the first link, and is the same for all. */
    synchronized Memory memory(int bytes) {
        if (memory == null) {
            memory = new Memory(bytes, background.clock());
        }
        return memory;
    }

    /** The network's threads, for one who will {@link #release} them. */
    synchronized SdkEventLoopGroup acquire() {
        if (network == null) {
            network = SdkEventLoopGroup.builder()
                    .numberOfThreads(IO_THREADS)
                    .threadFactory(Threads.daemons("s3-io"))
                    .build();
        }
        users++;
        return network;
    }

    /** The last one to release lets the threads end. */
    synchronized void release() {
        users--;
        if (users == 0 && network != null) {
            Future<?> unused = network.eventLoopGroup().shutdownGracefully(0, 1, TimeUnit.SECONDS);
            network = null;
        }
    }
}
