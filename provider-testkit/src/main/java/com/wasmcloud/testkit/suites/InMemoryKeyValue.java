package com.wasmcloud.testkit.suites;

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
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code wasmcloud:keyvalue} in the memory of this process, with the rules of the real thing: for tests of what uses a
 * key-value store.
 *
 * <p>Thread-safe. Owns nothing that needs closing.
 */
public final class InMemoryKeyValue implements KeyValue {
    private record Entry(Object value, Instant expires) {}

    private final Map<String, Entry> entries = new HashMap<>();
    private final Clock clock;

    /** An empty store by the system's clock. */
    public InMemoryKeyValue() {
        this(Clock.systemUTC());
    }

    /** An empty store by a clock of the test's own. */
    public InMemoryKeyValue(Clock clock) {
        this.clock = clock;
    }

    @Override
    public CompletionStage<Integer> increment(IncrementRequest request) {
        return call(() -> {
            Entry before = entry(request.key());
            long sum = number(text(request.key())) + request.value();
            if (sum != (int) sum) {
                throw RpcException.backend("the result of the increment is out of range", null);
            }
            entries.put(request.key(), new Entry(Long.toString(sum), before == null ? Instant.MAX : before.expires()));
            return (int) sum;
        });
    }

    @Override
    public CompletionStage<Boolean> contains(String key) {
        return call(() -> entry(key) != null);
    }

    @Override
    public CompletionStage<Boolean> del(String key) {
        return call(() -> {
            boolean there = entry(key) != null;
            entries.remove(key);
            return there;
        });
    }

    @Override
    public CompletionStage<GetResponse> get(String key) {
        return call(() -> {
            String text = text(key);
            return text == null ? new GetResponse("", false) : new GetResponse(text, true);
        });
    }

    @Override
    public CompletionStage<Long> listAdd(ListAddRequest request) {
        return call(() -> {
            List<String> list = list(request.listName());
            list.add(request.value());
            return (long) list.size();
        });
    }

    @Override
    public CompletionStage<Boolean> listClear(String listName) {
        return del(listName);
    }

    @Override
    public CompletionStage<Boolean> listDel(ListDelRequest request) {
        return call(() -> list(request.listName()).remove(request.value()));
    }

    @Override
    public CompletionStage<List<String>> listRange(ListRangeRequest request) {
        return call(() -> {
            List<String> list = list(request.listName());
            int start = Math.max(0, position(request.start(), list.size()));
            int end = Math.min(list.size() - 1, position(request.stop(), list.size()));
            return start > end ? List.of() : List.copyOf(list.subList(start, end + 1));
        });
    }

    @Override
    public CompletionStage<Void> set(SetRequest request) {
        return call(() -> {
            Instant expires =
                    request.expires() == 0 ? Instant.MAX : clock.instant().plusSeconds(request.expires());
            entries.put(request.key(), new Entry(request.value(), expires));
            return null;
        });
    }

    @Override
    public CompletionStage<Long> setAdd(SetAddRequest request) {
        return call(() -> members(request.setName()).add(request.value()) ? 1L : 0L);
    }

    @Override
    public CompletionStage<Long> setDel(SetDelRequest request) {
        return call(() -> members(request.setName()).remove(request.value()) ? 1L : 0L);
    }

    @Override
    public CompletionStage<List<String>> setIntersection(List<String> setNames) {
        return call(() -> {
            Set<String> result = new LinkedHashSet<>(members(first(setNames)));
            setNames.forEach(name -> result.retainAll(members(name)));
            return List.copyOf(result);
        });
    }

    @Override
    public CompletionStage<List<String>> setQuery(String setName) {
        return call(() -> List.copyOf(members(setName)));
    }

    @Override
    public CompletionStage<List<String>> setUnion(List<String> setNames) {
        return call(() -> {
            Set<String> result = new LinkedHashSet<>(members(first(setNames)));
            setNames.forEach(name -> result.addAll(members(name)));
            return List.copyOf(result);
        });
    }

    @Override
    public CompletionStage<Boolean> setClear(String setName) {
        return del(setName);
    }

    private synchronized <T extends @Nullable Object> CompletionStage<T> call(Supplier<T> operation) {
        try {
            return CompletableFuture.completedFuture(operation.get());
        } catch (RpcException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    /** What is under the key; collections without elements and values past their time are as if they were not there. */
    private @Nullable Entry entry(String key) {
        Entry entry = entries.get(key);
        boolean gone = entry != null && (!clock.instant().isBefore(entry.expires()) || isEmpty(entry.value()));
        if (gone) {
            entries.remove(key);
        }
        return gone ? null : entry;
    }

    private static boolean isEmpty(Object value) {
        return value instanceof Collection<?> collection && collection.isEmpty();
    }

    private @Nullable String text(String key) {
        Entry entry = entry(key);
        if (entry == null) {
            return null;
        }
        if (entry.value() instanceof String text) {
            return text;
        }
        throw ofAnotherKind(key);
    }

    private List<String> list(String name) {
        return collection(name, TextList.class, TextList::new);
    }

    private Set<String> members(String name) {
        return collection(name, TextSet.class, TextSet::new);
    }

    private <T> T collection(String name, Class<T> kind, Supplier<T> empty) {
        Entry entry = entry(name);
        if (entry == null) {
            entry = new Entry(empty.get(), Instant.MAX);
            entries.put(name, entry);
        }
        if (!kind.isInstance(entry.value())) {
            throw ofAnotherKind(name);
        }
        return kind.cast(entry.value());
    }

    private static long number(@Nullable String text) {
        try {
            return text == null ? 0 : Long.parseLong(text);
        } catch (NumberFormatException notANumber) {
            throw RpcException.backend("the value is not a number", notANumber);
        }
    }

    private static String first(List<String> names) {
        if (names.isEmpty()) {
            throw RpcException.invalidArgument("no set was named");
        }
        return names.get(0);
    }

    private static int position(int position, int size) {
        return position < 0 ? position + size : position;
    }

    private static RpcException ofAnotherKind(String key) {
        return RpcException.backend(
                "the value under a key of %d characters is of another kind".formatted(key.length()), null);
    }

    private static final class TextList extends ArrayList<String> {}

    private static final class TextSet extends LinkedHashSet<String> {}
}
