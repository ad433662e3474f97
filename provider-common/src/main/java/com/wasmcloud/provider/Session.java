package com.wasmcloud.provider;

import com.wasmcloud.provider.support.Gate;
import com.wasmcloud.provider.support.HeapExhaustion;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One open link: what serves its calls, how many of them are in flight, and the end of it, which comes once the link is
 * retired and the last call is over. Thread-safe. As a callback it hears the end of each call that it took in.
 */
final class Session<S extends AutoCloseable> implements BiConsumer<@Nullable Object, @Nullable Throwable> {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    private final Link link;
    private final S service;
    private final Executor closer;
    private final Gate calls;
    private final AtomicBoolean closed = new AtomicBoolean();

    Session(Link link, S service, int mostCalls, Executor closer) {
        this.link = link;
        this.service = service;
        this.calls = new Gate(mostCalls);
        this.closer = closer;
    }

    Link link() {
        return link;
    }

    S service() {
        return service;
    }

    Health health() {
        return service instanceof HealthReporter reporter ? reporter.health() : Health.HEALTHY;
    }

    /** Has the service finish the calls that it has begun; those that it serves are counted here. */
    CompletableFuture<?> drain(Duration patience) {
        return service instanceof Draining draining
                ? draining.drain(patience).toCompletableFuture()
                : CompletableFuture.completedFuture(null);
    }

    /** Takes a call in; each one admitted must {@link #leave}. */
    Gate.Entry enter() {
        return calls.enter();
    }

    void leave() {
        if (calls.leave()) {
            closer.execute(this::close);
        }
    }

    @Override
    public void accept(@Nullable Object result, @Nullable Throwable failure) {
        leave();
    }

    /** Takes no more calls, and closes after those in flight. */
    void retire() {
        if (calls.close()) {
            close();
        }
    }

    /** Closes at once, whatever is in flight. Used at shutdown, after the wait for calls. */
    void abandon() {
        calls.close();
        close();
    }

    private void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            service.close();
        } catch (Throwable e) {
            HeapExhaustion.check(e);
            LOG.error("cannot close the link of actor {}", link.peer(), e);
        }
        link.release();
    }
}
