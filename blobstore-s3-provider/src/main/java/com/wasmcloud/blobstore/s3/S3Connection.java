package com.wasmcloud.blobstore.s3;

import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.contract.rpc.RpcException.Code;
import com.wasmcloud.provider.Health;
import com.wasmcloud.provider.support.Causes;
import com.wasmcloud.provider.support.Outage;
import com.wasmcloud.provider.support.Reachability;
import com.wasmcloud.provider.support.Reachability.Pauses;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * A link's way to S3: the client, which is made in the background, and whether S3 works. A link counts as healthy until
 * something shows that it is not; from then on S3 is probed until it answers.
 *
 * <p>Thread-safe; never blocks. Owns the client.
 */
final class S3Connection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(S3Connection.class);
    private static final Pauses PAUSES = new Pauses(Duration.ofMillis(250), Duration.ofSeconds(2));
    private static final Duration LONGEST_PROBE = Duration.ofSeconds(5);

    private final S3Settings settings;
    private final S3Runtime runtime;
    private final AccessKey key;
    private final Reachability reachability;
    private volatile CompletableFuture<S3Clients> clients = new CompletableFuture<>();
    private volatile boolean refused;
    private volatile boolean closed;

    private S3Connection(S3Settings settings, AccessKey key, S3Runtime runtime) {
        this.settings = settings;
        this.runtime = runtime;
        this.key = key;
        Outage outage =
                new Outage(LOG, new Outage.Words(Level.WARN, "cannot use " + this, this + " is reachable again"));
        reachability =
                new Reachability(runtime.background(), PAUSES, outage, this::attempt, S3Connection::reasonOfOutage);
    }

    /** Begins to make the client, and returns at once. */
    static S3Connection open(S3Settings settings, AccessKey key, S3Runtime runtime) {
        S3Connection connection = new S3Connection(settings, key, runtime);
        connection.reachability.start();
        return connection;
    }

    /** Makes the client unless there is one, and asks S3 for an answer; any will do, a refusal too. One at a time. */
    private CompletionStage<?> attempt() {
        makeClients();
        if (refused) {
            refused = false;
            key.refused();
        }
        Duration limit = settings.network().requestTimeout();
        Duration patience = limit.compareTo(LONGEST_PROBE) < 0 ? limit : LONGEST_PROBE;
        return request(s3 -> s3.listBuckets(call -> call.overrideConfiguration(each -> each.apiCallTimeout(patience))))
                .exceptionallyCompose(failure -> Failures.outage(failure).isPresent()
                        ? CompletableFuture.failedFuture(failure)
                        : CompletableFuture.completedFuture(null));
    }

    private void makeClients() {
        if (clients.isCompletedExceptionally()) {
            clients = new CompletableFuture<>();
        }
        if (!clients.isDone()) {
            try {
                clients.complete(S3Clients.make(settings, key, runtime));
            } catch (Throwable e) {
                clients.completeExceptionally(e); // those who wait need not wait for the next attempt
                throw e;
            }
        }
    }

    private static String reasonOfOutage(Throwable failure) {
        return Failures.outage(failure).orElseGet(() -> Failures.reason(failure));
    }

    /** Where S3 is, for people. */
    @Override
    public String toString() {
        return settings.server().place();
    }

    /** Sends a request; a failure is as the client reports it. Whether S3 works shows in every request. */
    <T> CompletionStage<T> send(Function<S3AsyncClient, CompletionStage<T>> request) {
        if (closed) {
            return CompletableFuture.failedFuture(RpcException.backend("the link is closed", null));
        }
        return request(request).whenComplete((answer, failure) -> note(failure));
    }

    private <T> CompletionStage<T> request(Function<S3AsyncClient, CompletionStage<T>> request) {
        return clients.thenCompose(made -> request.apply(made.s3())).whenComplete((answer, failure) -> {
            if (failure != null && Failures.isCredentialsRefused(failure)) {
                refused = true;
            }
        });
    }

    private void note(@Nullable Throwable failure) {
        if (failure == null) {
            reachability.reached();
        } else if (!(Causes.unwrap(failure) instanceof RpcException)) { // those are of our own making
            Optional<String> outage = Failures.outage(failure);
            outage.ifPresent(reachability::lost);
            if (outage.isEmpty() && Failures.status(failure) != 0) {
                reachability.reached();
            }
        }
    }

    /**
     * What the caller is told about a failure of {@link #send}.
     *
     * @param what what cannot be done, the rest of a sentence
     */
    RpcException explained(String what, Throwable failure) {
        Throwable cause = Causes.unwrap(failure);
        if (cause instanceof RpcException known) {
            return known;
        }
        if (Failures.isOverload(cause)) {
            return RpcException.of(
                    Code.OVERLOADED,
                    "overloaded: all %d connections of this link are in use; try again later"
                            .formatted(settings.network().maxConnections()));
        }
        if (!Failures.isUnreachable(cause) || Failures.isWithoutCredentials(cause)) {
            return RpcException.backend("cannot " + what + ": " + Failures.reason(cause), cause);
        }
        return RpcException.backend(
                "cannot " + what + ": cannot reach " + this + ": " + Failures.reason(cause) + "; try again later",
                cause);
    }

    /** The state right now. */
    Health health() {
        return Health.of(reachability);
    }

    /** Called once. */
    @Override
    public void close() {
        closed = true;
        reachability.close();
        CompletionStage<Void> unused =
                clients.thenAccept(made -> runtime.background().run(made::close));
    }
}
