package com.wasmcloud.blobstore.s3;

import com.wasmcloud.lattice.Threads;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;

/**
 * What the links of a process share: threads for the network, a clock, threads for what blocks, and the bound on memory.
 * There are no threads without links.
 *
 * <p>Thread-safe.
 */
final class S3Runtime {
    private static final int IO_THREADS = 2;

    private final ThreadFactory threads = Threads.daemons("s3-link");
    private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1, Threads.daemons("s3-clock"));
    private @Nullable Memory memory;
    private @Nullable SdkEventLoopGroup network;
    private int users;

    S3Runtime() {
        clock.setKeepAliveTime(10, TimeUnit.SECONDS);
        clock.allowCoreThreadTimeOut(true);
        clock.setRemoveOnCancelPolicy(true);
    }

    /** Runs what may block on a thread of its own. */
    void run(Runnable task) {
        threads.newThread(task).start();
    }

    /** Runs, after a while, what does not block. */
    void after(Duration pause, Runnable task) {
        ScheduledFuture<?> unused = clock.schedule(task, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    ScheduledExecutorService clock() {
        return clock;
    }

    /** The bound on memory; the size counts for the first link, and is the same for all. */
    synchronized Memory memory(int bytes) {
        if (memory == null) {
            memory = new Memory(bytes, clock);
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
