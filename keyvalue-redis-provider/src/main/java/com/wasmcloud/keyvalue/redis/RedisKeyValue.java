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
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The contract {@code wasmcloud:keyvalue} over a {@link RedisStore}: its values are text, and its counters have 32 bits.
 *
 * <p>Thread-safe. Owns the store, and closes it.
 */
final class RedisKeyValue implements KeyValue, HealthReporter {
    private static final CounterRange COUNTERS = new CounterRange(Integer.MIN_VALUE, Integer.MAX_VALUE);
    private static final GetResponse NOTHING = new GetResponse("", false);
    private static final char REPLACEMENT = '\uFFFD';

    private final RedisStore store;

    RedisKeyValue(RedisStore store) {
        this.store = store;
    }

    @Override
    public Health health() {
        return store.health();
    }

    @Override
    public void close() {
        store.close();
    }

    @Override
    public CompletionStage<Integer> increment(IncrementRequest request) {
        return store.add(bytes(request.key()), request.value(), COUNTERS).thenApply(Long::intValue);
    }

    @Override
    public CompletionStage<Boolean> contains(String key) {
        return isAny(store.exists(bytes(key)));
    }

    @Override
    public CompletionStage<Boolean> del(String key) {
        return isAny(store.delete(bytes(key)));
    }

    @Override
    public CompletionStage<GetResponse> get(String key) {
        return store.get(bytes(key)).thenApply(RedisKeyValue::response);
    }

    private static GetResponse response(byte @Nullable [] value) {
        return value == null ? NOTHING : new GetResponse(text(value), true);
    }

    @Override
    public CompletionStage<Void> set(SetRequest request) {
        byte[] key = bytes(request.key());
        byte[] value = bytes(request.value());
        return (request.expires() == 0 ? store.set(key, value) : store.set(key, value, request.expires()))
                .thenApply(done -> null);
    }

    @Override
    public CompletionStage<Long> listAdd(ListAddRequest request) {
        return store.append(bytes(request.listName()), bytes(request.value()));
    }

    @Override
    public CompletionStage<Boolean> listClear(String listName) {
        return del(listName);
    }

    @Override
    public CompletionStage<Boolean> listDel(ListDelRequest request) {
        return isAny(store.removeFirst(bytes(request.listName()), bytes(request.value())));
    }

    @Override
    public CompletionStage<List<String>> listRange(ListRangeRequest request) {
        return texts(store.range(bytes(request.listName()), request.start(), request.stop()));
    }

    @Override
    public CompletionStage<Long> setAdd(SetAddRequest request) {
        return store.addMember(bytes(request.setName()), bytes(request.value()));
    }

    @Override
    public CompletionStage<Long> setDel(SetDelRequest request) {
        return store.removeMember(bytes(request.setName()), bytes(request.value()));
    }

    @Override
    public CompletionStage<List<String>> setIntersection(List<String> setNames) {
        return setNames.isEmpty() ? refused("SetIntersection") : texts(store.intersection(bytes(setNames)));
    }

    @Override
    public CompletionStage<List<String>> setUnion(List<String> setNames) {
        return setNames.isEmpty() ? refused("SetUnion") : texts(store.union(bytes(setNames)));
    }

    @Override
    public CompletionStage<List<String>> setQuery(String setName) {
        return texts(store.members(bytes(setName)));
    }

    @Override
    public CompletionStage<Boolean> setClear(String setName) {
        return del(setName);
    }

    private static CompletionStage<List<String>> refused(String operation) {
        return CompletableFuture.failedFuture(
                RpcException.invalidArgument(operation + " needs the name of at least one set"));
    }

    private static CompletionStage<Boolean> isAny(CompletionStage<Long> count) {
        return count.thenApply(number -> number > 0);
    }

    private static CompletionStage<List<String>> texts(CompletionStage<List<byte[]>> values) {
        return values.thenApply(found -> {
            List<String> texts = new ArrayList<>(found.size());
            found.forEach(value -> texts.add(text(value)));
            return texts;
        });
    }

    private static List<byte[]> bytes(List<String> texts) {
        return texts.stream().map(RedisKeyValue::bytes).toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Decodes UTF-8 at the speed of the JDK, which replaces what is none: if there is a replacement, is it genuine? */
    private static String text(byte[] value) {
        String text = new String(value, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) >= 0 && !Arrays.equals(bytes(text), value)) {
            throw RpcException.backend("redis error: the value in Redis is not UTF-8 text", null);
        }
        return text;
    }
}
