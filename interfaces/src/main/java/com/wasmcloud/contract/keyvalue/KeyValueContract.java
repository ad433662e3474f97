package com.wasmcloud.contract.keyvalue;

import com.wasmcloud.contract.rpc.Caller;
import com.wasmcloud.contract.rpc.Codec;
import com.wasmcloud.contract.rpc.Contract;
import com.wasmcloud.contract.rpc.Operation;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The table of {@code wasmcloud:keyvalue}. */
public final class KeyValueContract {
    private static final Codec<List<String>> STRING_LIST = Codec.list(Codec.STRING);

    private static final Operation<KeyValue, IncrementRequest, Integer> INCREMENT =
            Operation.of("KeyValue.Increment", IncrementRequest.CODEC, Codec.I32, KeyValue::increment);
    private static final Operation<KeyValue, String, Boolean> CONTAINS =
            Operation.of("KeyValue.Contains", Codec.STRING, Codec.BOOL, KeyValue::contains);
    private static final Operation<KeyValue, String, Boolean> DEL =
            Operation.of("KeyValue.Del", Codec.STRING, Codec.BOOL, KeyValue::del);
    private static final Operation<KeyValue, String, GetResponse> GET =
            Operation.of("KeyValue.Get", Codec.STRING, GetResponse.CODEC, KeyValue::get);
    private static final Operation<KeyValue, ListAddRequest, Long> LIST_ADD =
            Operation.of("KeyValue.ListAdd", ListAddRequest.CODEC, Codec.U32, KeyValue::listAdd);
    private static final Operation<KeyValue, String, Boolean> LIST_CLEAR =
            Operation.of("KeyValue.ListClear", Codec.STRING, Codec.BOOL, KeyValue::listClear);
    private static final Operation<KeyValue, ListDelRequest, Boolean> LIST_DEL =
            Operation.of("KeyValue.ListDel", ListDelRequest.CODEC, Codec.BOOL, KeyValue::listDel);
    private static final Operation<KeyValue, ListRangeRequest, List<String>> LIST_RANGE =
            Operation.of("KeyValue.ListRange", ListRangeRequest.CODEC, STRING_LIST, KeyValue::listRange);
    private static final Operation<KeyValue, SetRequest, Void> SET =
            Operation.of("KeyValue.Set", SetRequest.CODEC, Codec.UNIT, KeyValue::set);
    private static final Operation<KeyValue, SetAddRequest, Long> SET_ADD =
            Operation.of("KeyValue.SetAdd", SetAddRequest.CODEC, Codec.U32, KeyValue::setAdd);
    private static final Operation<KeyValue, SetDelRequest, Long> SET_DEL =
            Operation.of("KeyValue.SetDel", SetDelRequest.CODEC, Codec.U32, KeyValue::setDel);
    private static final Operation<KeyValue, List<String>, List<String>> SET_INTERSECTION =
            Operation.of("KeyValue.SetIntersection", STRING_LIST, STRING_LIST, KeyValue::setIntersection);
    private static final Operation<KeyValue, String, List<String>> SET_QUERY =
            Operation.of("KeyValue.SetQuery", Codec.STRING, STRING_LIST, KeyValue::setQuery);
    private static final Operation<KeyValue, List<String>, List<String>> SET_UNION =
            Operation.of("KeyValue.SetUnion", STRING_LIST, STRING_LIST, KeyValue::setUnion);
    private static final Operation<KeyValue, String, Boolean> SET_CLEAR =
            Operation.of("KeyValue.SetClear", Codec.STRING, Codec.BOOL, KeyValue::setClear);

    /** The contract, for serving and for calling it. */
    public static final Contract<KeyValue> INSTANCE = Contract.<KeyValue>named("wasmcloud:keyvalue")
            .operation(INCREMENT)
            .operation(CONTAINS)
            .operation(DEL)
            .operation(GET)
            .operation(LIST_ADD)
            .operation(LIST_CLEAR)
            .operation(LIST_DEL)
            .operation(LIST_RANGE)
            .operation(SET)
            .operation(SET_ADD)
            .operation(SET_DEL)
            .operation(SET_INTERSECTION)
            .operation(SET_QUERY)
            .operation(SET_UNION)
            .operation(SET_CLEAR)
            .stubbedBy(Stub::new);

    private KeyValueContract() {}

    private record Stub(Caller caller) implements KeyValue {
        @Override
        public CompletionStage<Integer> increment(IncrementRequest request) {
            return INCREMENT.call(caller, request);
        }

        @Override
        public CompletionStage<Boolean> contains(String key) {
            return CONTAINS.call(caller, key);
        }

        @Override
        public CompletionStage<Boolean> del(String key) {
            return DEL.call(caller, key);
        }

        @Override
        public CompletionStage<GetResponse> get(String key) {
            return GET.call(caller, key);
        }

        @Override
        public CompletionStage<Long> listAdd(ListAddRequest request) {
            return LIST_ADD.call(caller, request);
        }

        @Override
        public CompletionStage<Boolean> listClear(String listName) {
            return LIST_CLEAR.call(caller, listName);
        }

        @Override
        public CompletionStage<Boolean> listDel(ListDelRequest request) {
            return LIST_DEL.call(caller, request);
        }

        @Override
        public CompletionStage<List<String>> listRange(ListRangeRequest request) {
            return LIST_RANGE.call(caller, request);
        }

        @Override
        public CompletionStage<Void> set(SetRequest request) {
            return SET.call(caller, request);
        }

        @Override
        public CompletionStage<Long> setAdd(SetAddRequest request) {
            return SET_ADD.call(caller, request);
        }

        @Override
        public CompletionStage<Long> setDel(SetDelRequest request) {
            return SET_DEL.call(caller, request);
        }

        @Override
        public CompletionStage<List<String>> setIntersection(List<String> setNames) {
            return SET_INTERSECTION.call(caller, setNames);
        }

        @Override
        public CompletionStage<List<String>> setQuery(String setName) {
            return SET_QUERY.call(caller, setName);
        }

        @Override
        public CompletionStage<List<String>> setUnion(List<String> setNames) {
            return SET_UNION.call(caller, setNames);
        }

        @Override
        public CompletionStage<Boolean> setClear(String setName) {
            return SET_CLEAR.call(caller, setName);
        }
    }
}
