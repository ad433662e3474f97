package com.wasmcloud.keyvalue.redis;

import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.contract.rpc.RpcException.Code;
import com.wasmcloud.keyvalue.redis.RedisAddress.Kind;
import com.wasmcloud.provider.Health;
import com.wasmcloud.provider.Spans;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisReadOnlyException;
import io.lettuce.core.cluster.PartitionSelectorException;
import io.lettuce.core.protocol.AsyncCommand;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A link's connection to Redis over all its life: made in the background, made again whenever it is lost, shared by all
 * calls.
 *
 * <p>While the first attempt is under way, at the start and after a loss, calls wait for it; once that has failed they
 * fail at once with the reason, and further attempts follow, at most a second apart. A command that was sent is never
 * sent again.
 *
 * <p>Thread-safe; never blocks.
 */
final class RedisConnection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RedisConnection.class);
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 1000;
    private static final Duration PROBED_EVERY = Duration.ofSeconds(1);
    /** A connection that was lost before that age does not count as a success. */
    private static final Duration STABLE_AFTER = Duration.ofSeconds(1);

    private final RedisSettings settings;
    private final RedisRuntime runtime;
    private final Spans spans;
    private final Connector<?> connector;
    private volatile State state = new Opening(new CompletableFuture<>());
    private int failures;

    private sealed interface State {}

    /** The first attempt, which calls wait for. */
    private record Opening(CompletableFuture<Established> attempt) implements State {}

    /** All is well, or a server is there that has some trouble. */
    private record Open(Established redis, long since, Optional<String> trouble) implements State {}

    /** It could not be reached, and is being tried again. */
    private record Down(String why) implements State {}

    private record Closed() implements State {}

    private RedisConnection(RedisSettings settings, RedisRuntime runtime, Spans spans) {
        this.settings = settings;
        this.runtime = runtime;
        this.spans = spans;
        this.connector = Connector.of(settings, runtime);
    }

    /** Begins to connect, and returns at once. */
    static RedisConnection open(RedisSettings settings, RedisRuntime runtime, Spans spans) {
        RedisConnection connection = new RedisConnection(settings, runtime, spans);
        if (connection.state instanceof Opening opening) {
            runtime.background().run(() -> connection.attempt(opening.attempt));
        }
        return connection;
    }

    /** Sends a command, and makes what the caller gets from its answer; a failure becomes an {@link RpcException}. */
    <T, R> CompletionStage<R> call(AsyncCommand<byte[], byte[], T> command, Function<T, R> result) {
        return send(command).handle((answer, failure) -> {
            if (failure != null) {
                throw explained(failure);
            }
            return result.apply(answer);
        });
    }

    /** Sends a command; a failure is as the client reports it. */
    <T> CompletionStage<T> send(AsyncCommand<byte[], byte[], T> command) {
        return send(command, spans);
    }

    /** The same as a step of a call, reported as a part of it. */
    <T> CompletionStage<T> send(AsyncCommand<byte[], byte[], T> command, Spans call) {
        return call.sent(command.getType().toString()).until(sent(command));
    }

    /** For a call that takes several steps; to be asked for before the first. */
    Spans spansOfThisCall() {
        return spans.ofThisCall();
    }

    private <T> CompletionStage<T> sent(AsyncCommand<byte[], byte[], T> command) {
        State now = state;
        if (now instanceof Open open) {
            open.redis.send(command);
            return command;
        }
        if (now instanceof Opening opening) {
            return opening.attempt
                    .copy()
                    .orTimeout(settings.commandTimeout().toMillis(), TimeUnit.MILLISECONDS)
                    .thenCompose(redis -> {
                        redis.send(command);
                        return command;
                    });
        }
        return CompletableFuture.failedFuture(
                now instanceof Down down ? unreachable(down.why) : failure("the link is closed"));
    }

    /** What the caller is told about a failure of {@link #send}. */
    RpcException explained(Throwable failure) {
        Throwable cause = Reasons.cause(failure);
        if (cause instanceof RpcException known) {
            return known;
        }
        if (cause instanceof RedisCommandExecutionException) {
            if (cause instanceof RedisReadOnlyException && settings.address().kind() == Kind.SENTINEL) {
                abandon("it is a replica now");
            }
            return RpcException.backend("redis error: " + cause.getMessage(), cause);
        }
        if (cause instanceof TimeoutException) {
            return failure("still connecting to " + settings.address() + "; try again later");
        }
        if (cause instanceof RedisCommandTimeoutException) {
            return RpcException.backend(
                    "redis error: no answer from %s within %d ms; it is not known whether it was done"
                            .formatted(
                                    settings.address(),
                                    settings.commandTimeout().toMillis()),
                    cause);
        }
        if (cause instanceof RedisConnectionException || Reasons.isRefusedUnsent(cause)) {
            return unreachable(Reasons.of(cause));
        }
        if (cause instanceof PartitionSelectorException) {
            return RpcException.backend("redis error: " + settings.address() + ": " + cause.getMessage(), cause);
        }
        if (Reasons.isOverload(cause)) {
            return RpcException.of(
                    Code.OVERLOADED,
                    "overloaded: %d calls of this link are waiting for Redis; try again later"
                            .formatted(LettuceSetup.MOST_PENDING));
        }
        return RpcException.backend(
                "redis error: lost the connection to %s before it answered; it is not known whether it was done"
                        .formatted(settings.address()),
                cause);
    }

    private static RpcException failure(String text) {
        return RpcException.backend("redis error: " + text, null);
    }

    private RpcException unreachable(String why) {
        return failure("cannot reach " + settings.address() + ": " + why + "; trying again");
    }

    /** The state right now. */
    Health health() {
        State now = state;
        if (now instanceof Open open) {
            return open.trouble
                    .map(text -> Health.unhealthy("Redis at " + settings.address() + " " + text))
                    .orElse(Health.HEALTHY);
        }
        if (now instanceof Down down) {
            return Health.unhealthy("cannot reach Redis at " + settings.address() + ": " + down.why + "; trying again");
        }
        return Health.unhealthy(
                now instanceof Opening ? "still connecting to Redis at " + settings.address() : "the link is closed");
    }

    /** May block. */
    private void attempt(CompletableFuture<Established> made) {
        CompletionStage<Established> attempt;
        try {
            attempt = connector.connect();
        } catch (RuntimeException e) {
            failed(made, e);
            return;
        }
        attempt.whenComplete((redis, failure) -> {
            if (failure == null) {
                connected(made, redis);
            } else {
                failed(made, failure);
            }
        });
    }

    private void connected(CompletableFuture<Established> made, Established redis) {
        synchronized (this) {
            if (state instanceof Closed) { // and the connector closes what was made
                made.completeExceptionally(failure("the link is closed"));
                return;
            }
            state = new Open(redis, System.nanoTime(), Optional.empty());
        }
        LOG.info("connected to Redis at {}", settings.address());
        redis.whenLost(why -> lost(redis, why));
        made.complete(redis);
        runtime.background().after(PROBED_EVERY, () -> probe(redis));
    }

    private void failed(CompletableFuture<Established> made, Throwable failure) {
        String why = Reasons.of(failure);
        synchronized (this) {
            if (state instanceof Closed) {
                made.completeExceptionally(failure("the link is closed"));
                return;
            }
            if (!(state instanceof Down down) || !down.why.equals(why)) {
                LOG.warn("cannot reach Redis at {}: {}; trying again", settings.address(), why);
            }
            down(why);
        }
        made.completeExceptionally(unreachable(why));
    }

    private synchronized void down(String why) {
        state = new Down(why);
        failures++;
        long pause = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(failures - 1, 10));
        // not all providers at the same moment
        long jitter = ThreadLocalRandom.current().nextLong(pause / 4 + 1);
        runtime.background().after(Duration.ofMillis(pause - jitter), () -> runtime.background()
                .run(() -> attempt(new CompletableFuture<>())));
    }

    private void lost(Established redis, String why) {
        CompletableFuture<Established> next = new CompletableFuture<>();
        synchronized (this) {
            if (!(state instanceof Open open) || open.redis != redis) {
                return;
            }
            LOG.warn("lost the connection to Redis at {}: {}", settings.address(), why);
            if (System.nanoTime() - open.since < STABLE_AFTER.toNanos()) {
                down(why);
            } else {
                failures = 0;
                state = new Opening(next);
                runtime.background().run(() -> attempt(next));
            }
        }
        redis.close();
    }

    private void abandon(String why) {
        if (state instanceof Open open) {
            lost(open.redis, why);
        }
    }

    private void probe(Established redis) {
        if (!(state instanceof Open open) || open.redis != redis) {
            return;
        }
        redis.probe().whenComplete((trouble, failure) -> {
            if (failure != null) {
                lost(redis, Reasons.of(failure));
                return;
            }
            note(redis, trouble);
            runtime.background().after(PROBED_EVERY, () -> probe(redis));
        });
    }

    private synchronized void note(Established redis, Optional<String> trouble) {
        if (state instanceof Open open && open.redis == redis && !open.trouble.equals(trouble)) {
            trouble.ifPresentOrElse(
                    text -> LOG.warn("Redis at {} {}", settings.address(), text),
                    () -> LOG.info("Redis at {} is well again", settings.address()));
            state = new Open(redis, open.since, trouble);
        }
    }

    @Override
    public void close() {
        State before;
        synchronized (this) {
            before = state;
            state = new Closed();
        }
        if (before instanceof Open open) {
            open.redis.close().whenComplete((closed, failure) -> connector.close());
            return;
        }
        if (before instanceof Opening opening) {
            opening.attempt.completeExceptionally(failure("the link is closed"));
        }
        connector.close();
    }
}
