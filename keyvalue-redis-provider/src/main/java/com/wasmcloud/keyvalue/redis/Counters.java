package com.wasmcloud.keyvalue.redis;

import com.wasmcloud.provider.Spans;
import com.wasmcloud.provider.support.Causes;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds to counters. Those of Redis have 64 bits; a contract may want less.
 *
 * <p>For that a script adds, and takes back what went too far, before anybody else can see it: one round trip, and no
 * window in between. Nothing else in Redis can do that to a number that is kept as text: {@code BITFIELD} counts in bytes,
 * and {@code WATCH} belongs to a connection, which all calls share. Adding first and taking back later from here would show
 * a value that never should be, and leave it behind for good when the connection ends in between; only where scripts are
 * refused it is done that way.
 *
 * <p>Thread-safe.
 */
final class Counters {
    private static final Logger LOG = LoggerFactory.getLogger(Counters.class);
    /** Whoever refuses scripts may be reconfigured. */
    private static final long SCRIPTS_TRIED_AGAIN_AFTER = Duration.ofMinutes(1).toNanos();

    private final RedisCalls redis;
    private volatile boolean scripts = true;
    private volatile long refusedAt;

    Counters(RedisCalls redis) {
        this.redis = redis;
    }

    /** Gives the new value, which may be any that Redis can hold. */
    CompletionStage<Long> add(byte[] key, long delta) {
        return redis.call(Commands.number(CommandType.INCRBY, Commands.key(key).add(delta)));
    }

    /** Gives the new value; one that is out of range fails, and the counter stays as it was. */
    CompletionStage<Long> add(byte[] key, long delta, CounterRange range) {
        Addition addition = new Addition(key, delta, range, redis.spansOfThisCall());
        boolean byScript = scripts || System.nanoTime() - refusedAt > SCRIPTS_TRIED_AGAIN_AFTER;
        return redis.explained(byScript ? addition.byScript() : addition.plainly());
    }

    /** What one call asks for; with it as a part of that call its requests are reported. */
    private final class Addition {
        private final byte[] key;
        private final long delta;
        private final CounterRange range;
        private final Spans call;

        Addition(byte[] key, long delta, CounterRange range, Spans call) {
            this.key = key;
            this.delta = delta;
            this.range = range;
            this.call = call;
        }

        CompletionStage<Long> byScript() {
            return send(CommandType.EVALSHA, range.digest())
                    .exceptionallyCompose(failure -> Causes.unwrap(failure) instanceof RedisNoScriptException
                            ? send(CommandType.EVAL, range.script()) // nothing was done
                            : CompletableFuture.failedFuture(failure))
                    .exceptionallyCompose(
                            failure -> Causes.unwrap(failure) instanceof RedisCommandExecutionException error
                                            && Replies.isScriptRefused(error)
                                    ? plainly().whenComplete((sum, another) -> noteRefusal(error, another))
                                    : CompletableFuture.failedFuture(failure));
        }

        private CompletionStage<Long> send(CommandType type, byte[] script) {
            CommandArgs<byte[], byte[]> arguments = Commands.arguments()
                    .add(script)
                    .add(1)
                    .addKey(key)
                    .add(delta)
                    .add(-delta);
            return redis.send(Commands.number(type, arguments), call);
        }

        CompletionStage<Long> plainly() {
            return increase(delta).thenCompose(sum -> {
                if (range.holds(sum)) {
                    return CompletableFuture.completedFuture(sum);
                }
                return increase(-delta)
                        .thenCompose(restored -> CompletableFuture.failedFuture(
                                new RedisCommandExecutionException(CounterRange.OVERFLOW)));
            });
        }

        private CompletionStage<Long> increase(long by) {
            return redis.send(
                    Commands.number(CommandType.INCRBY, Commands.key(key).add(by)), call);
        }
    }

    /** A refusal is one of scripts when the same is possible without. */
    private void noteRefusal(RedisCommandExecutionException error, @Nullable Throwable withoutScript) {
        if (withoutScript != null) {
            return;
        }
        refusedAt = System.nanoTime();
        if (scripts) {
            scripts = false;
            LOG.warn(
                    "Redis refuses to run scripts ({}): until KeyValue.Increment takes back a sum that is out of range,"
                            + " others can see it",
                    error.getMessage());
        }
    }
}
