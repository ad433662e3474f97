package com.wasmcloud.keyvalue.redis;

import com.wasmcloud.contract.keyvalue.GetResponse;
import com.wasmcloud.contract.keyvalue.IncrementRequest;
import com.wasmcloud.contract.keyvalue.KeyValue;
import com.wasmcloud.contract.keyvalue.ListAddRequest;
import com.wasmcloud.contract.keyvalue.ListDelRequest;
import com.wasmcloud.contract.keyvalue.ListRangeRequest;
import com.wasmcloud.contract.keyvalue.SetAddRequest;
import com.wasmcloud.contract.keyvalue.SetDelRequest;
import com.wasmcloud.contract.keyvalue.SetRequest;
import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.provider.Health;
import com.wasmcloud.provider.HealthReporter;
import com.wasmcloud.provider.Spans;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Keys, counters, lists and sets of one link, in Redis. All calls share one connection and do not wait for each other.
 *
 * <p>Thread-safe. Owns the connection, and closes it.
 */
final class RedisKeyValue implements KeyValue, HealthReporter {
    private static final GetResponse NOTHING = new GetResponse("", false);
    private static final char REPLACEMENT = '\uFFFD';

    private final String keyPrefix;
    private final RedisConnection redis;
    private final Increment increment;

    private RedisKeyValue(String keyPrefix, RedisConnection redis) {
        this.keyPrefix = keyPrefix;
        this.redis = redis;
        this.increment = new Increment(redis);
    }

    /** Begins to connect in the background, and returns at once. */
    static RedisKeyValue open(RedisSettings settings, RedisRuntime runtime, Spans spans) {
        return new RedisKeyValue(settings.keyPrefix(), RedisConnection.open(settings, runtime, spans));
    }

    @Override
    public Health health() {
        return redis.health();
    }

    @Override
    public void close() {
        redis.close();
    }

    @Override
    public CompletionStage<Integer> increment(IncrementRequest request) {
        return increment.add(key(request.key()), request.value());
    }

    @Override
    public CompletionStage<Boolean> contains(String key) {
        return isOne(CommandType.EXISTS, keyArgument(key));
    }

    @Override
    public CompletionStage<Boolean> del(String key) {
        return isOne(CommandType.DEL, keyArgument(key));
    }

    @Override
    public CompletionStage<GetResponse> get(String key) {
        return redis.call(
                Commands.value(CommandType.GET, keyArgument(key)),
                value -> value == null ? NOTHING : new GetResponse(text(value), true));
    }

    @Override
    public CompletionStage<Void> set(SetRequest request) {
        CommandArgs<byte[], byte[]> arguments = keyArgument(request.key());
        byte[] value = bytes(request.value());
        return redis.call(
                request.expires() == 0
                        ? Commands.status(CommandType.SET, arguments.addValue(value))
                        : Commands.status(
                                CommandType.SETEX,
                                arguments.add(request.expires()).addValue(value)),
                done -> null);
    }

    @Override
    public CompletionStage<Long> listAdd(ListAddRequest request) {
        return number(CommandType.RPUSH, keyArgument(request.listName()).addValue(bytes(request.value())));
    }

    @Override
    public CompletionStage<Boolean> listClear(String listName) {
        return del(listName);
    }

    @Override
    public CompletionStage<Boolean> listDel(ListDelRequest request) {
        return isOne(CommandType.LREM, keyArgument(request.listName()).add(1).addValue(bytes(request.value())));
    }

    @Override
    public CompletionStage<List<String>> listRange(ListRangeRequest request) {
        return texts(
                CommandType.LRANGE,
                keyArgument(request.listName()).add(request.start()).add(request.stop()));
    }

    @Override
    public CompletionStage<Long> setAdd(SetAddRequest request) {
        return number(CommandType.SADD, keyArgument(request.setName()).addValue(bytes(request.value())));
    }

    @Override
    public CompletionStage<Long> setDel(SetDelRequest request) {
        return number(CommandType.SREM, keyArgument(request.setName()).addValue(bytes(request.value())));
    }

    @Override
    public CompletionStage<List<String>> setIntersection(List<String> setNames) {
        return ofSets("SetIntersection", CommandType.SINTER, setNames);
    }

    @Override
    public CompletionStage<List<String>> setUnion(List<String> setNames) {
        return ofSets("SetUnion", CommandType.SUNION, setNames);
    }

    @Override
    public CompletionStage<List<String>> setQuery(String setName) {
        return texts(CommandType.SMEMBERS, keyArgument(setName));
    }

    @Override
    public CompletionStage<Boolean> setClear(String setName) {
        return del(setName);
    }

    private CompletionStage<List<String>> ofSets(String operation, CommandType type, List<String> setNames) {
        if (setNames.isEmpty()) {
            return CompletableFuture.failedFuture(
                    RpcException.invalidArgument(operation + " needs the name of at least one set"));
        }
        return texts(
                type,
                Commands.arguments().addKeys(setNames.stream().map(this::key).toList()));
    }

    private CompletionStage<Boolean> isOne(CommandType type, CommandArgs<byte[], byte[]> arguments) {
        return redis.call(Commands.number(type, arguments), count -> count > 0);
    }

    private CompletionStage<Long> number(CommandType type, CommandArgs<byte[], byte[]> arguments) {
        return redis.call(Commands.number(type, arguments), count -> count);
    }

    private CompletionStage<List<String>> texts(CommandType type, CommandArgs<byte[], byte[]> arguments) {
        return redis.call(Commands.values(type, arguments), values -> {
            List<String> texts = new ArrayList<>(values.size());
            for (byte[] value : values) {
                texts.add(text(value));
            }
            return texts;
        });
    }

    private CommandArgs<byte[], byte[]> keyArgument(String key) {
        return Commands.key(key(key));
    }

    private byte[] key(String key) {
        return bytes(keyPrefix.isEmpty() ? key : keyPrefix + key);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Reads UTF-8 at the speed of the JDK, which puts a replacement for what is none: if there is one, is it genuine? */
    private static String text(byte[] value) {
        String text = new String(value, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) >= 0 && !Arrays.equals(bytes(text), value)) {
            throw RpcException.backend("redis error: the value in Redis is not UTF-8 text", null);
        }
        return text;
    }
}
