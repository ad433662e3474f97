package com.wasmcloud.keyvalue.redis;

import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.provider.Spans;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.codec.Base16;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds to counters, which must stay in the 32 bits of the contract while those of Redis have 64.
 *
 * <p>A script adds, and takes back what went too far, before anybody else can see it: one round trip, and no window in
 * between. Nothing else in Redis can do that to a number that is kept as text: {@code BITFIELD} counts in bytes, and
 * {@code WATCH} belongs to a connection, which all calls share. Adding first and taking back later from here would show a
 * value that never should be, and leave it behind for good when the connection ends in between; only for users who may not
 * run scripts it is done that way.
 *
 * <p>Thread-safe.
 */
final class Increment {
    private static final Logger LOG = LoggerFactory.getLogger(Increment.class);
    private static final String OVERFLOW = "ERR increment or decrement would overflow"; // what Redis says past 64 bits
    private static final byte[] SCRIPT = """
            local sum = redis.pcall('INCRBY', KEYS[1], ARGV[1])
            if type(sum) == 'number' and (sum > 2147483647 or sum < -2147483648) then
              redis.call('DECRBY', KEYS[1], ARGV[1])
              return redis.error_reply('%s')
            end
            return sum
            """.formatted(OVERFLOW).getBytes(StandardCharsets.UTF_8);
    private static final byte[] DIGEST = Base16.digest(SCRIPT).getBytes(StandardCharsets.US_ASCII);

    private final RedisConnection redis;
    private volatile boolean scripts = true;

    Increment(RedisConnection redis) {
        this.redis = redis;
    }

    /** Gives the new value; one that does not fit fails, and the counter stays as it was. */
    CompletionStage<Integer> add(byte[] key, int delta) {
        Spans call = redis.spansOfThisCall();
        return (scripts ? byScript(key, delta, call) : plainly(key, delta, call)).handle((sum, failure) -> {
            if (failure != null) {
                throw redis.explained(failure);
            }
            return sum.intValue();
        });
    }

    private CompletionStage<Long> byScript(byte[] key, int delta, Spans call) {
        return redis.send(Commands.number(CommandType.EVALSHA, arguments(DIGEST, key, delta)), call)
                .exceptionallyCompose(failure -> {
                    Throwable cause = Reasons.cause(failure);
                    if (cause instanceof RedisNoScriptException) { // not there yet: nothing was done
                        return redis.send(Commands.number(CommandType.EVAL, arguments(SCRIPT, key, delta)), call);
                    }
                    if (!areRefused(cause)) {
                        return CompletableFuture.failedFuture(cause);
                    }
                    scripts = false;
                    LOG.warn(
                            "Redis lets this user run no scripts ({}): until KeyValue.Increment takes back a sum that"
                                    + " does not fit into 32 bits, others can see it",
                            cause.getMessage());
                    return plainly(key, delta, call);
                });
    }

    private static CommandArgs<byte[], byte[]> arguments(byte[] script, byte[] key, int delta) {
        return Commands.arguments().add(script).add(1).addKey(key).add(delta);
    }

    private static boolean areRefused(Throwable cause) {
        String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        return cause instanceof RedisCommandExecutionException
                && text.contains("evalsha")
                && (text.startsWith("noperm") || text.contains("unknown command"));
    }

    private CompletionStage<Long> plainly(byte[] key, int delta, Spans call) {
        return redis.send(Commands.number(CommandType.INCRBY, Commands.key(key).add(delta)), call)
                .thenCompose(sum -> {
                    if (sum == sum.intValue()) {
                        return CompletableFuture.completedFuture(sum);
                    }
                    return redis.send(
                                    Commands.number(
                                            CommandType.DECRBY,
                                            Commands.key(key).add(delta)),
                                    call)
                            .thenCompose(restored -> CompletableFuture.failedFuture(
                                    RpcException.backend("redis error: " + OVERFLOW, null)));
                });
    }
}
