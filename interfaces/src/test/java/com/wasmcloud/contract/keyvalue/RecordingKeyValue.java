package com.wasmcloud.contract.keyvalue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A store that notes what it is asked and answers without looking anything up. */
final class RecordingKeyValue implements KeyValue {
    private final List<Object> asked = new ArrayList<>();

    /** The operations and arguments so far, in turns. */
    List<Object> asked() {
        return asked;
    }

    private <T> CompletionStage<T> answer(String operation, Object argument, T answer) {
        asked.add(operation);
        asked.add(argument);
        return CompletableFuture.completedFuture(answer);
    }

    @Override
    public CompletionStage<Integer> increment(IncrementRequest request) {
        return answer("Increment", request, request.value());
    }

    @Override
    public CompletionStage<Boolean> contains(String key) {
        return answer("Contains", key, true);
    }

    @Override
    public CompletionStage<Boolean> del(String key) {
        return answer("Del", key, false);
    }

    @Override
    public CompletionStage<GetResponse> get(String key) {
        return answer("Get", key, new GetResponse("value of " + key, true));
    }

    @Override
    public CompletionStage<Long> listAdd(ListAddRequest request) {
        return answer("ListAdd", request, 4_294_967_295L);
    }

    @Override
    public CompletionStage<Boolean> listClear(String listName) {
        return answer("ListClear", listName, true);
    }

    @Override
    public CompletionStage<Boolean> listDel(ListDelRequest request) {
        return answer("ListDel", request, false);
    }

    @Override
    public CompletionStage<List<String>> listRange(ListRangeRequest request) {
        return answer("ListRange", request, List.of("c", "a", "b"));
    }

    @Override
    public CompletionStage<Void> set(SetRequest request) {
        return answer("Set", request, true).thenAccept(stored -> {});
    }

    @Override
    public CompletionStage<Long> setAdd(SetAddRequest request) {
        return answer("SetAdd", request, 1L);
    }

    @Override
    public CompletionStage<Long> setDel(SetDelRequest request) {
        return answer("SetDel", request, 0L);
    }

    @Override
    public CompletionStage<List<String>> setIntersection(List<String> setNames) {
        return answer("SetIntersection", setNames, List.of());
    }

    @Override
    public CompletionStage<List<String>> setQuery(String setName) {
        return answer("SetQuery", setName, List.of("member"));
    }

    @Override
    public CompletionStage<List<String>> setUnion(List<String> setNames) {
        return answer("SetUnion", setNames, setNames);
    }

    @Override
    public CompletionStage<Boolean> setClear(String setName) {
        return answer("SetClear", setName, true);
    }
}
