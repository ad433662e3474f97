package com.wasmcloud.nats;

import com.wasmcloud.provider.support.HeapExhaustion;
import com.wasmcloud.provider.support.Threads;
import io.nats.client.ConnectionListener;
import io.nats.client.JetStreamOptions;
import io.nats.client.Options;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How the NATS client is set up. */
final class ClientOptions {
    static final Duration RECONNECT_WAIT = Duration.ofMillis(250);
    /** On top of that, so that not all providers of a lattice come back at the same moment. */
    static final Duration RECONNECT_JITTER = Duration.ofMillis(500);

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration PING_INTERVAL = Duration.ofSeconds(10);
    /** Whoever sends must not wait for a server that takes nothing. */
    private static final Duration QUEUED_WITHIN = Duration.ofMillis(100);

    private ClientOptions() {}

    static Options of(NatsAccess access, String name, NatsEvents events, ConnectionListener listener) {
        Options.Builder options = new Options.Builder()
                .servers(access.servers())
                .serverPool(new ServerNames())
                .connectionName(name)
                .connectionTimeout(CONNECT_TIMEOUT)
                .maxReconnects(-1)
                .reconnectWait(RECONNECT_WAIT)
                .reconnectJitter(RECONNECT_JITTER)
                .reconnectJitterTls(RECONNECT_JITTER)
                .pingInterval(PING_INTERVAL)
                .writeQueuePushTimeout(QUEUED_WITHIN)
                .reportNoResponders()
                .dontForceFlushOnRequest() // what waits together goes in one write; nothing waits longer for that
                .executor(new WatchedThreads())
                .errorListener(events)
                .connectionListener(listener);
        access.authentication().ifPresent(options::authHandler);
        access.trust().ifPresent(options::sslContext);
        return options.build();
    }

    /**
     * How JetStream is asked.
     *
     * @param domain empty for the default one
     */
    static JetStreamOptions jetStream(String domain, Duration timeout) {
        JetStreamOptions.Builder options = JetStreamOptions.builder().requestTimeout(timeout);
        return domain.isEmpty() ? options.build() : options.domain(domain).build();
    }

    /** As many threads as the client wants; it forgets what ends one of them, and a full heap must not go unnoticed. */
    private static final class WatchedThreads extends ThreadPoolExecutor {
        private static final int IDLE_SECONDS = 30;

        WatchedThreads() {
            super(
                    0,
                    Integer.MAX_VALUE,
                    IDLE_SECONDS,
                    TimeUnit.SECONDS,
                    new SynchronousQueue<>(),
                    Threads.daemons("nats"));
        }

        @Override
        protected void afterExecute(Runnable task, @Nullable Throwable failure) {
            HeapExhaustion.check(failure == null ? outcome(task) : failure);
        }

        private static @Nullable Throwable outcome(Runnable task) {
            if (task instanceof Future<?> future && future.isDone() && !future.isCancelled()) {
                try {
                    future.get();
                } catch (ExecutionException e) {
                    return e.getCause();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            return null;
        }
    }
}
