package com.wasmcloud.keyvalue.redis;

import com.wasmcloud.keyvalue.redis.ConnectionState.Closed;
import com.wasmcloud.keyvalue.redis.ConnectionState.Down;
import com.wasmcloud.keyvalue.redis.ConnectionState.Open;
import com.wasmcloud.keyvalue.redis.ConnectionState.Opening;
import com.wasmcloud.provider.Health;
import com.wasmcloud.provider.support.Background;
import com.wasmcloud.provider.support.Outage;
import com.wasmcloud.provider.support.Outage.Words;
import com.wasmcloud.provider.support.Reachability;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * A link's connection to Redis from its beginning to its end: made in the background, made again whenever it is lost,
 * shared by all calls.
 *
 * <p>While the first attempt is under way, at the start and after a loss, requests wait for it; once that has failed they
 * fail at once with the reason, and further attempts follow, at most a second apart. A request that was sent is never
 * sent again, but for one that a replica has refused: that was not done.
 *
 * <p>Thread-safe; never blocks.
 */
final class RedisConnection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RedisConnection.class);
    private static final Duration PROBED_EVERY = Duration.ofSeconds(1);
    /** How long requests may still be sent on a connection after it was replaced. */
    private static final Duration CLOSED_AFTER = Duration.ofSeconds(1);

    private final RedisSettings settings;
    private final Background background;
    private final Logins logins;
    private final Connector<?> connector;
    private final Failures failures;
    private final Reachability reachability;
    /** Written while this object is locked. */
    private volatile ConnectionState state = new Opening(false);

    /** Connects to nothing yet. */
    RedisConnection(RedisSettings settings, Background background, Logins logins, Connector<?> connector) {
        this.settings = settings;
        this.background = background;
        this.logins = logins;
        this.connector = connector;
        this.failures =
                new Failures(settings.address(), settings.commandTimeout().toMillis());
        Outage outage = new Outage(LOG, new Words(Level.WARN, "cannot reach Redis at " + settings.address(), ""));
        this.reachability = new Reachability(background, ClientSetup.PAUSES, outage, this::attempt, Reasons::of);
    }

    /** Begins to connect, and returns at once. */
    void open() {
        reachability.start();
    }

    /** The state right now. */
    Health health() {
        return state.health("Redis at " + settings.address());
    }

    /** What callers are told when a request of {@link #send} fails. */
    Failures failures() {
        return failures;
    }

    /** Sends a request; a failure is as the client reports it. */
    <T> CompletionStage<T> send(Request<T> request) {
        ConnectionState now = state;
        if (now instanceof Open open) {
            send(request, open.redis());
            return request;
        }
        if (now instanceof Opening opening) {
            CompletableFuture<Established> mine = opening.outcome().copy();
            background.after(settings.commandTimeout(), () -> mine.completeExceptionally(new TimeoutException()));
            return mine.thenCompose(redis -> {
                send(request, redis);
                return request;
            });
        }
        return CompletableFuture.failedFuture(
                now instanceof Down down ? failures.unreachable(down.why()) : failures.closed());
    }

    private void send(Request<?> request, Established redis) {
        request.whenReadOnly(refused -> refusedByReplica(refused, redis));
        redis.send(request);
    }

    /** One attempt to connect; with other credentials a second one, when these are refused. */
    private CompletionStage<Established> attempt() {
        CompletableFuture<Established> attempt = new CompletableFuture<>();
        background.after(settings.attemptTimeout(), () -> attempt.completeExceptionally(new TimeoutException()));
        connect()
                .exceptionallyComposeAsync(
                        failure -> Reasons.isLoginRefused(failure) && logins.readAgain()
                                ? connect()
                                : CompletableFuture.failedFuture(failure),
                        background.executor())
                .whenComplete((redis, failure) -> {
                    if (failure != null) {
                        attempt.completeExceptionally(failure);
                    } else if (!attempt.complete(redis)) {
                        redis.close(); // too late
                    }
                });
        return attempt.whenComplete((redis, failure) -> {
            if (failure == null) {
                connected(redis);
            } else {
                failed(Reasons.of(failure));
            }
        });
    }

    private CompletionStage<Established> connect() {
        return CompletableFuture.<Void>completedFuture(null).thenCompose(begun -> connector.connect());
    }

    private void connected(Established redis) {
        ConnectionState before;
        synchronized (this) {
            before = state;
            if (before instanceof Closed) { // and the connector closes what was made
                return;
            }
            // one that follows a replica counts as another until it is known better
            state = Open.to(redis, before instanceof Opening opening && opening.afterReplica());
        }
        LOG.info("connected to Redis at {}", settings.address());
        redis.whenLost(why -> lost(redis, why));
        if (before instanceof Opening opening) {
            opening.outcome().complete(redis);
        }
        if (state instanceof Open open && open.isReplica()) {
            probe(redis);
        } else {
            probeLater(redis);
        }
    }

    private void failed(String why) {
        ConnectionState before;
        synchronized (this) {
            before = state;
            if (before instanceof Closed) {
                return;
            }
            state = new Down(why);
        }
        if (before instanceof Opening opening) {
            opening.outcome().completeExceptionally(failures.unreachable(why));
        }
    }

    private void lost(Established redis, String why) {
        synchronized (this) {
            if (!(state instanceof Open open) || open.redis() != redis) {
                return;
            }
            // the next attempt begins at once, but for one that would be followed by many
            state = open.isOlderThan(ClientSetup.PAUSES.longest()) ? new Opening(false) : new Down(why);
        }
        reachability.lost(why);
        redis.close();
    }

    /** Runs on an event loop. */
    private void refusedByReplica(Request<?> request, Established redis) {
        if (!request.isRepeated() && replace(redis)) {
            repeat(request);
            return;
        }
        if (request.isRepeated()) {
            note(redis, ConnectionState.REPLICA);
        }
        request.failAsAnswered();
    }

    private <T> void repeat(Request<T> request) {
        request.completeAs(send(request.again()));
    }

    /** Connects again, to where the primary may be by now; false when that was done, and led to another replica. */
    private boolean replace(Established redis) {
        synchronized (this) {
            if (!(state instanceof Open open) || open.redis() != redis) {
                return true; // somebody was faster
            }
            if (open.isReplica()) {
                return false;
            }
            LOG.warn("Redis at {} {}; connecting again", settings.address(), ConnectionState.REPLICA);
        }
        replaceNow(redis);
        return true;
    }

    private void replaceNow(Established redis) {
        synchronized (this) {
            if (!(state instanceof Open open) || open.redis() != redis) {
                return;
            }
            state = new Opening(true);
        }
        reachability.start();
        // requests in flight are answered before the probe is
        redis.probe().whenComplete((answered, failure) -> background.after(CLOSED_AFTER, redis::close));
    }

    private void probeLater(Established redis) {
        background.after(PROBED_EVERY, () -> probe(redis));
    }

    private void probe(Established redis) {
        if (!(state instanceof Open open) || open.redis() != redis) {
            return;
        }
        if (open.isReplica()) {
            redis.isReplica().thenAccept(still -> {
                if (still) {
                    background.after(PROBED_EVERY, () -> replaceNow(redis));
                } else {
                    note(redis, "");
                    probeLater(redis);
                }
            });
            return;
        }
        redis.probe().whenComplete((trouble, failure) -> {
            if (failure == null) {
                note(redis, trouble);
                probeLater(redis);
            } else {
                lost(redis, Reasons.of(failure));
            }
        });
    }

    private synchronized void note(Established redis, String trouble) {
        if (state instanceof Open open
                && open.redis() == redis
                && !open.trouble().equals(trouble)) {
            if (trouble.isEmpty()) {
                LOG.info("Redis at {} is healthy again", settings.address());
            } else {
                LOG.warn("Redis at {} {}", settings.address(), trouble);
            }
            state = open.with(trouble);
        }
    }

    @Override
    public void close() {
        ConnectionState before;
        synchronized (this) {
            before = state;
            state = new Closed();
        }
        reachability.close();
        if (before instanceof Open open) {
            open.redis().close().whenComplete((closed, failure) -> connector.close());
            return;
        }
        if (before instanceof Opening opening) {
            opening.outcome().completeExceptionally(failures.closed());
        }
        connector.close();
    }
}
