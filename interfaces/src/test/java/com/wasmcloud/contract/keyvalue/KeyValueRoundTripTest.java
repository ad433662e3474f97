package com.wasmcloud.contract.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.contract.rpc.Encoding;
import com.wasmcloud.contract.rpc.Loopback;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every operation from the stub through its bytes to the service and back. */
class KeyValueRoundTripTest {
    private final RecordingKeyValue service = new RecordingKeyValue();
    private final KeyValue stub =
            KeyValueContract.INSTANCE.stub(new Loopback<>(KeyValueContract.INSTANCE, service, Encoding.MSGPACK));

    @Test
    void operationsOnKeysKeepTheirArgumentsAndResults() {
        SetRequest set = new SetRequest("k", "v", 4_294_967_295L);
        assertThat(stub.contains("a")).isCompletedWithValue(true);
        assertThat(stub.del("b")).isCompletedWithValue(false);
        assertThat(stub.get("c")).isCompletedWithValue(new GetResponse("value of c", true));
        assertThat(stub.set(set)).isCompleted();
        assertThat(service.asked()).containsExactly("Contains", "a", "Del", "b", "Get", "c", "Set", set);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 126, 127, 128, 255, 256, -1, -32, -33, -129, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void countersKeepTheirValue(int value) {
        IncrementRequest request = new IncrementRequest("k", value);
        assertThat(stub.increment(request)).isCompletedWithValue(value);
        assertThat(service.asked()).containsExactly("Increment", request);
    }

    @Test
    void operationsOnListsKeepTheirArgumentsAndResults() {
        ListAddRequest add = new ListAddRequest("l", "v");
        ListDelRequest del = new ListDelRequest("l", "v");
        ListRangeRequest range = new ListRangeRequest("l", -2, -1);
        assertThat(stub.listAdd(add)).isCompletedWithValue(4_294_967_295L);
        assertThat(stub.listClear("l")).isCompletedWithValue(true);
        assertThat(stub.listDel(del)).isCompletedWithValue(false);
        assertThat(stub.listRange(range)).isCompletedWithValue(List.of("c", "a", "b"));
        assertThat(service.asked())
                .containsExactly("ListAdd", add, "ListClear", "l", "ListDel", del, "ListRange", range);
    }

    @Test
    void operationsOnSetsKeepTheirArgumentsAndResults() {
        SetAddRequest add = new SetAddRequest("s", "v");
        SetDelRequest del = new SetDelRequest("s", "v");
        assertThat(stub.setAdd(add)).isCompletedWithValue(1L);
        assertThat(stub.setDel(del)).isCompletedWithValue(0L);
        assertThat(stub.setIntersection(List.of("a", "b"))).isCompletedWithValue(List.of());
        assertThat(stub.setQuery("s")).isCompletedWithValue(List.of("member"));
        assertThat(stub.setUnion(List.of())).isCompletedWithValue(List.of());
        assertThat(stub.setClear("s")).isCompletedWithValue(true);
        assertThat(service.asked())
                .containsExactly(
                        "SetAdd",
                        add,
                        "SetDel",
                        del,
                        "SetIntersection",
                        List.of("a", "b"),
                        "SetQuery",
                        "s",
                        "SetUnion",
                        List.of(),
                        "SetClear",
                        "s");
    }

    @Test
    void longListsComeThroughInTheirOrder() {
        List<String> names =
                IntStream.range(0, 70_000).mapToObj(Integer::toString).toList();
        assertThat(stub.setUnion(names)).isCompletedWithValue(names);
    }

    @Test
    void theContractHasAllOfItsOperations() {
        assertThat(KeyValueContract.INSTANCE.id()).isEqualTo("wasmcloud:keyvalue");
        assertThat(KeyValueContract.INSTANCE.operations())
                .containsExactlyInAnyOrder(
                        "KeyValue.Increment",
                        "KeyValue.Contains",
                        "KeyValue.Del",
                        "KeyValue.Get",
                        "KeyValue.ListAdd",
                        "KeyValue.ListClear",
                        "KeyValue.ListDel",
                        "KeyValue.ListRange",
                        "KeyValue.Set",
                        "KeyValue.SetAdd",
                        "KeyValue.SetDel",
                        "KeyValue.SetIntersection",
                        "KeyValue.SetQuery",
                        "KeyValue.SetUnion",
                        "KeyValue.SetClear");
    }
}
