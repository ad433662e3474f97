package com.wasmcloud.blobstore.s3;

import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.contract.rpc.RpcException.Code;
import com.wasmcloud.provider.Health;
import com.wasmcloud.provider.Spans;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * A link's way to S3: the client, which is made in the background, and whether S3 works. A link counts as well until
 * something shows that it is not; from then on S3 is asked for a sign of life until it gives one.
 *
 * <p>Thread-safe; never blocks. Owns the client.
 */
final class S3Connection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(S3Connection.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final Duration LONGEST_PROBE = Duration.ofSeconds(5);

    private final S3Settings settings;
    private final S3Runtime runtime;
    private final Spans spans;
    private final CompletableFuture<S3Clients> clients = new CompletableFuture<>();
    private @Nullable String outage;
    private boolean probing;
    private volatile boolean closed;

    private S3Connection(S3Settings settings, S3Runtime runtime, Spans spans) {
        this.settings = settings;
        this.runtime = runtime;
        this.spans = spans;
    }

    /** Begins to make the client, and returns at once. */
    static S3Connection open(S3Settings settings, S3Runtime runtime, Spans spans) {
        S3Connection connection = new S3Connection(settings, runtime, spans);
        runtime.background().run(connection::makeClients);
        return connection;
    }

    private void makeClients() {
        try {
            clients.complete(S3Clients.make(settings, runtime));
        } catch (RuntimeException | LinkageError e) {
            LOG.error("cannot make the client for {}", this, e);
            clients.completeExceptionally(e);
        }
        probe(FIRST_PAUSE);
    }

    /** Where S3 is, for people. */
    @Override
    public String toString() {
        return settings.server()
                .endpoint()
                .map(uri -> "S3 at " + uri)
                .orElseGet(() -> "S3 in " + settings.server().region());
    }

    /** For the requests of the call that the current thread is serving; to be asked for before the first. */
    S3Call call() {
        return new S3Call(this, spans.ofThisCall());
    }

    /** Sends a request; a failure is as the client reports it. */
    <T> CompletionStage<T> send(Function<S3AsyncClient, CompletionStage<T>> request) {
        if (closed) {
            return CompletableFuture.failedFuture(RpcException.backend("the link is closed", null));
        }
        return clients.thenCompose(made -> request.apply(made.s3())).whenComplete((answer, failure) -> note(failure));
    }

    /**
     * What the caller is told about a failure of {@link #send}.
     *
     * @param what what cannot be done, the rest of a sentence
     */
    RpcException explained(String what, Throwable failure) {
        Throwable cause = Failures.cause(failure);
        if (cause instanceof RpcException known) {
            return known;
        }
        if (Failures.isOverload(cause)) {
            return RpcException.of(
                    Code.OVERLOADED,
                    "overloaded: all %d connections of this link are in use; try again later"
                            .formatted(settings.network().maxConnections()));
        }
        if (Failures.status(cause) != 0 || Failures.isWithoutCredentials(cause)) {
            return RpcException.backend("cannot " + what + ": " + Failures.reason(cause), cause);
        }
        return RpcException.backend(
                "cannot " + what + ": cannot reach " + this + ": " + Failures.reason(cause) + "; try again later",
                cause);
    }

    /** The state right now. */
    synchronized Health health() {
        return outage == null ? Health.HEALTHY : Health.unhealthy("cannot use " + this + ": " + outage);
    }

    /** Whether S3 works shows in every request. */
    private void note(@Nullable Throwable failure) {
        if (failure != null && Failures.cause(failure) instanceof RpcException) {
            return; // of our own making
        }
        Optional<String> now = failure == null ? Optional.empty() : Failures.outage(failure);
        boolean begin;
        synchronized (this) {
            if (closed) {
                return;
            }
            if (now.isPresent() && !now.get().equals(outage)) {
                LOG.warn("cannot use {}: {}; trying again", this, now.get());
            } else if (now.isEmpty() && outage != null) {
                LOG.info("{} is well again", this);
            }
            outage = now.orElse(null);
            begin = outage != null && !probing;
            probing |= begin;
        }
        if (begin) {
            runtime.background().after(FIRST_PAUSE, () -> probe(FIRST_PAUSE));
        }
    }

    /** Asks for a sign of life, and goes on until there is one. A refusal is one too. */
    private void probe(Duration pause) {
        synchronized (this) {
            probing = true;
        }
        Duration limit = settings.network().requestTimeout();
        Duration patience = limit.compareTo(LONGEST_PROBE) < 0 ? limit : LONGEST_PROBE;
        send(s3 -> s3.listBuckets(request -> request.overrideConfiguration(call -> call.apiCallTimeout(patience))))
                .whenComplete((answer, failure) -> {
                    synchronized (this) {
                        probing = outage != null && !closed;
                        if (!probing) {
                            return;
                        }
                    }
                    Duration next = pause.multipliedBy(2);
                    runtime.background()
                            .after(pause, () -> probe(next.compareTo(LONGEST_PAUSE) < 0 ? next : LONGEST_PAUSE));
                });
    }

    /** Called once. */
    @Override
    public void close() {
        closed = true;
        CompletionStage<Void> unused =
                clients.thenAccept(made -> runtime.background().run(made::close));
    }
}
