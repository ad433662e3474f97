package com.wasmcloud.contract.keyvalue;

import com.wasmcloud.contract.rpc.RpcException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The contract in memory, with Redis's rules. Thread-safe. */
public final class InMemoryKeyValue implements KeyValue {
    private record Entry(Object value, @Nullable Instant expiry) {
        boolean isOver(Instant now) {
            return expiry != null && !now.isBefore(expiry);
        }
    }

    private final Map<String, Entry> entries = new HashMap<>();
    private final InstantSource clock;

    /** An empty store. */
    public InMemoryKeyValue(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public CompletionStage<Integer> increment(IncrementRequest request) {
        return answer(() -> {
            Entry entry = entry(request.key());
            long sum = (entry == null ? 0 : number(text(entry))) + request.value();
            if (sum != (int) sum) {
                throw RpcException.backend("cannot increment '" + request.key() + "': the sum does not fit", null);
            }
            entries.put(request.key(), new Entry(Long.toString(sum), entry == null ? null : entry.expiry()));
            return (int) sum;
        });
    }

    @Override
    public CompletionStage<Boolean> contains(String key) {
        return answer(() -> entry(key) != null);
    }

    @Override
    public CompletionStage<Boolean> del(String key) {
        return answer(() -> {
            boolean there = entry(key) != null;
            entries.remove(key);
            return there;
        });
    }

    @Override
    public CompletionStage<GetResponse> get(String key) {
        return answer(() -> {
            Entry entry = entry(key);
            return entry == null ? new GetResponse("", false) : new GetResponse(text(entry), true);
        });
    }

    @Override
    public CompletionStage<Long> listAdd(ListAddRequest request) {
        return answer(() -> {
            List<String> list = list(request.listName());
            list.add(request.value());
            entries.put(request.listName(), new Entry(list, null));
            return (long) list.size();
        });
    }

    @Override
    public CompletionStage<Boolean> listClear(String listName) {
        return del(listName);
    }

    @Override
    public CompletionStage<Boolean> listDel(ListDelRequest request) {
        return answer(() -> {
            List<String> list = list(request.listName());
            boolean removed = list.remove(request.value());
            forgetWhen(list.isEmpty(), request.listName());
            return removed;
        });
    }

    @Override
    public CompletionStage<List<String>> listRange(ListRangeRequest request) {
        return answer(() -> {
            List<String> list = list(request.listName());
            int start = Math.max(0, position(request.start(), list));
            int stop = Math.min(list.size() - 1, position(request.stop(), list));
            return start > stop ? List.of() : List.copyOf(list.subList(start, stop + 1));
        });
    }

    @Override
    public CompletionStage<Void> set(SetRequest request) {
        return answer(() -> {
                    Instant expiry =
                            request.expires() == 0 ? null : clock.instant().plus(Duration.ofSeconds(request.expires()));
                    entries.put(request.key(), new Entry(request.value(), expiry));
                    return true;
                })
                .thenAccept(stored -> {});
    }

    @Override
    public CompletionStage<Long> setAdd(SetAddRequest request) {
        return answer(() -> {
            Set<String> set = members(request.setName());
            boolean added = set.add(request.value());
            entries.put(request.setName(), new Entry(set, null));
            return added ? 1L : 0L;
        });
    }

    @Override
    public CompletionStage<Long> setDel(SetDelRequest request) {
        return answer(() -> {
            Set<String> set = members(request.setName());
            boolean removed = set.remove(request.value());
            forgetWhen(set.isEmpty(), request.setName());
            return removed ? 1L : 0L;
        });
    }

    @Override
    public CompletionStage<List<String>> setIntersection(List<String> setNames) {
        return answer(() -> {
            Set<String> all = members(setNames.get(0));
            Set<String> common = new LinkedHashSet<>(all);
            setNames.forEach(name -> common.retainAll(members(name)));
            return List.copyOf(common);
        });
    }

    @Override
    public CompletionStage<List<String>> setQuery(String setName) {
        return answer(() -> List.copyOf(members(setName)));
    }

    @Override
    public CompletionStage<List<String>> setUnion(List<String> setNames) {
        return answer(() -> {
            Set<String> all = new LinkedHashSet<>();
            setNames.forEach(name -> all.addAll(members(name)));
            return List.copyOf(all);
        });
    }

    @Override
    public CompletionStage<Boolean> setClear(String setName) {
        return del(setName);
    }

    private synchronized <T> CompletableFuture<T> answer(Supplier<T> work) {
        try {
            return CompletableFuture.completedFuture(work.get());
        } catch (RpcException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private @Nullable Entry entry(String key) {
        Entry entry = entries.get(key);
        return entry == null || entry.isOver(clock.instant()) ? null : entry;
    }

    private void forgetWhen(boolean empty, String key) {
        if (empty) {
            entries.remove(key);
        }
    }

    private static String text(Entry entry) {
        if (entry.value() instanceof String text) {
            return text;
        }
        throw wrongType();
    }

    @SuppressWarnings("unchecked") // the only lists are of text
    private List<String> list(String name) {
        Entry entry = entry(name);
        if (entry == null) {
            return new ArrayList<>();
        }
        if (entry.value() instanceof List<?> list) {
            return (List<String>) list;
        }
        throw wrongType();
    }

    @SuppressWarnings("unchecked") // the only sets are of text
    private Set<String> members(String name) {
        Entry entry = entry(name);
        if (entry == null) {
            return new LinkedHashSet<>();
        }
        if (entry.value() instanceof Set<?> set) {
            return (Set<String>) set;
        }
        throw wrongType();
    }

    private static int position(int index, List<String> list) {
        return index < 0 ? list.size() + index : index;
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw RpcException.backend("value is not an integer or out of range", e);
        }
    }

    private static RpcException wrongType() {
        return RpcException.backend("the key holds a value of another type", null);
    }
}
