package com.wasmcloud.keyvalue.redis;

import com.wasmcloud.provider.Health;
import com.wasmcloud.provider.Spans;
import com.wasmcloud.provider.support.Budget;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Keys, counters, lists and sets of one link in Redis, as Redis has them: bytes and 64-bit numbers. What a contract makes
 * of those is not known here. All calls share one connection and do not wait for each other.
 *
 * <p>Every operation fails with {@link com.wasmcloud.contract.rpc.RpcException}. Thread-safe; never blocks. Owns the
 * connection, and closes it.
 */
final class RedisStore implements AutoCloseable {
    private final byte[] keyPrefix;
    private final RedisConnection connection;
    private final RedisCalls redis;
    private final Counters counters;

    private RedisStore(byte[] keyPrefix, RedisConnection connection, Spans spans) {
        this.keyPrefix = keyPrefix;
        this.connection = connection;
        this.redis = new RedisCalls(connection, spans);
        this.counters = new Counters(redis);
    }

    /**
     * Begins to connect in the background, and returns at once.
     *
     * @param memory what large answers are counted in; closed by whoever gives it
     */
    static RedisStore open(
            RedisSettings settings, Logins logins, Budget.Share memory, Spans spans, RedisRuntime runtime) {
        LinkChannel channel = new LinkChannel(memory, settings.commandTimeout());
        Connector<?> connector = Connector.of(settings, logins, channel, runtime);
        RedisConnection connection = new RedisConnection(settings, runtime.background(), logins, connector);
        connection.open();
        return new RedisStore(settings.keyPrefix().getBytes(StandardCharsets.UTF_8), connection, spans);
    }

    Health health() {
        return connection.health();
    }

    @Override
    public void close() {
        connection.close();
    }

    /** The string under a key; null when there is none. */
    CompletionStage<byte[]> get(byte[] key) {
        return redis.call(Commands.value(CommandType.GET, key(key)));
    }

    /** Stores a string in place of whatever was there. */
    CompletionStage<byte[]> set(byte[] key, byte[] value) {
        return redis.call(Commands.value(CommandType.SET, key(key).addValue(value)));
    }

    /** The same for a time; Redis refuses one that is not positive. */
    CompletionStage<byte[]> set(byte[] key, byte[] value, long seconds) {
        return redis.call(
                Commands.value(CommandType.SETEX, key(key).add(seconds).addValue(value)));
    }

    /** How many keys there are of that name: 0 or 1. */
    CompletionStage<Long> exists(byte[] key) {
        return number(CommandType.EXISTS, key(key));
    }

    /** Removes whatever is under a key; gives how many keys that were. */
    CompletionStage<Long> delete(byte[] key) {
        return number(CommandType.DEL, key(key));
    }

    /** Adds to a counter, which starts at 0, and gives the new value. */
    CompletionStage<Long> add(byte[] key, long delta) {
        return counters.add(prefixed(key), delta);
    }

    /** The same for a counter that must stay in a range: a sum outside fails, and the counter stays as it was. */
    CompletionStage<Long> add(byte[] key, long delta, CounterRange range) {
        return counters.add(prefixed(key), delta, range);
    }

    /** Appends to a list, and gives its new length. */
    CompletionStage<Long> append(byte[] list, byte[] value) {
        return number(CommandType.RPUSH, key(list).addValue(value));
    }

    /** Removes the first element that equals the value; gives how many that were. */
    CompletionStage<Long> removeFirst(byte[] list, byte[] value) {
        return number(CommandType.LREM, key(list).add(1).addValue(value));
    }

    /** The elements from one index to another, both included; negative ones count from the end. */
    CompletionStage<List<byte[]>> range(byte[] list, long start, long stop) {
        return values(CommandType.LRANGE, key(list).add(start).add(stop));
    }

    /** Adds to a set; gives how many members are new. */
    CompletionStage<Long> addMember(byte[] set, byte[] value) {
        return number(CommandType.SADD, key(set).addValue(value));
    }

    /** Removes from a set; gives how many members are gone. */
    CompletionStage<Long> removeMember(byte[] set, byte[] value) {
        return number(CommandType.SREM, key(set).addValue(value));
    }

    /** The members of a set. */
    CompletionStage<List<byte[]>> members(byte[] set) {
        return values(CommandType.SMEMBERS, key(set));
    }

    /** The members of at least one of the sets, of which there must be one. */
    CompletionStage<List<byte[]>> union(List<byte[]> sets) {
        return values(CommandType.SUNION, keys(sets));
    }

    /** The members of all of the sets, of which there must be one. */
    CompletionStage<List<byte[]>> intersection(List<byte[]> sets) {
        return values(CommandType.SINTER, keys(sets));
    }

    private CompletionStage<Long> number(CommandType type, CommandArgs<byte[], byte[]> arguments) {
        return redis.call(Commands.number(type, arguments));
    }

    private CompletionStage<List<byte[]>> values(CommandType type, CommandArgs<byte[], byte[]> arguments) {
        return redis.call(Commands.values(type, arguments));
    }

    private CommandArgs<byte[], byte[]> key(byte[] key) {
        return Commands.key(prefixed(key));
    }

    private CommandArgs<byte[], byte[]> keys(List<byte[]> keys) {
        return Commands.arguments().addKeys(keys.stream().map(this::prefixed).toList());
    }

    private byte[] prefixed(byte[] key) {
        if (keyPrefix.length == 0) {
            return key;
        }
        byte[] whole = Arrays.copyOf(keyPrefix, keyPrefix.length + key.length);
        System.arraycopy(key, 0, whole, keyPrefix.length, key.length);
        return whole;
    }
}
