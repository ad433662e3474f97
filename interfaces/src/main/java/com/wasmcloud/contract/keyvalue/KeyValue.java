package com.wasmcloud.contract.keyvalue;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The operations of {@code wasmcloud:keyvalue}, for one link.
 *
 * <p>Implementations are called by many threads and never block; a failure completes the stage with
 * {@link com.wasmcloud.contract.rpc.RpcException}.
 */
public interface KeyValue extends AutoCloseable {
    /** Adds to a counter, which starts at 0, and gives the new value. */
    CompletionStage<Integer> increment(IncrementRequest request);

    /** Whether there is anything under the key. */
    CompletionStage<Boolean> contains(String key);

    /** Removes whatever is under the key; true when there was something. */
    CompletionStage<Boolean> del(String key);

    /** Reads a string. */
    CompletionStage<GetResponse> get(String key);

    /** Appends to a list, which starts empty, and gives its new length. */
    CompletionStage<Long> listAdd(ListAddRequest request);

    /** Removes a list; true when there was one. */
    CompletionStage<Boolean> listClear(String listName);

    /** Removes the first element that equals the value; true when there was one. */
    CompletionStage<Boolean> listDel(ListDelRequest request);

    /** Reads a part of a list, nothing where there is no list. */
    CompletionStage<List<String>> listRange(ListRangeRequest request);

    /** Stores a string in place of whatever was there. */
    CompletionStage<Void> set(SetRequest request);

    /** Adds to a set; 1 when the value is new to it, else 0. */
    CompletionStage<Long> setAdd(SetAddRequest request);

    /** Removes from a set; 1 when the value was in it, else 0. */
    CompletionStage<Long> setDel(SetDelRequest request);

    /** What is in every one of the sets; a set that is not there is empty. */
    CompletionStage<List<String>> setIntersection(List<String> setNames);

    /** What is in a set, in no order. */
    CompletionStage<List<String>> setQuery(String setName);

    /** What is in at least one of the sets. */
    CompletionStage<List<String>> setUnion(List<String> setNames);

    /** Removes a set; true when there was one. */
    CompletionStage<Boolean> setClear(String setName);

    /** Lets go of what the link holds; calls in flight may fail. */
    @Override
    default void close() {}
}
