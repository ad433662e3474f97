package com.wasmcloud.testkit.suites;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

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
import com.wasmcloud.testkit.Await;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every implementation of {@code wasmcloud:keyvalue} has to do, through the contract's Java interface and nothing
 * else: extend it, and say in {@link #keyValue} what is to be tested.
 *
 * <p>All keys are new for each test, so implementations may share a store and keep it.
 */
public abstract class KeyValueContractTest {
    private String run = "";

    /** For JUnit and for subclasses. */
    protected KeyValueContractTest() {}

    /** The implementation under test; asked for in every test, closed by the subclass. */
    protected abstract KeyValue keyValue();

    /** Whatever the life cycle of the subclass is, no two tests share a key. */
    @BeforeEach
    void newKeys() {
        run = UUID.randomUUID().toString();
    }

    @Test
    void getTellsAMissingKeyFromAnEmptyValue() {
        assertThat(get("missing")).isEqualTo(new GetResponse("", false));

        set("empty", "");
        assertThat(get("empty")).isEqualTo(new GetResponse("", true));
    }

    @Test
    void setReplacesWhateverWasThere() {
        set("key", "first");
        set("key", "second");
        assertThat(get("key")).isEqualTo(new GetResponse("second", true));

        listAdd("list", "a");
        set("list", "text");
        assertThat(get("list")).isEqualTo(new GetResponse("text", true));
    }

    @Test
    void textComesBackAsItWas() {
        String text = "größer, 文字, \uD83D\uDE00, \u0000, \"quoted\"\r\n\t";
        set(text, text);
        assertThat(get(text)).isEqualTo(new GetResponse(text, true));

        listAdd("list", text);
        listAdd("list", "");
        assertThat(listRange("list", 0, -1)).containsExactly(text, "");

        setAdd("set", text);
        setAdd("set", "");
        assertThat(setQuery("set")).containsExactlyInAnyOrder(text, "");
    }

    @Test
    void aValueOfMoreThanAMegabyteComesBackAsItWas() {
        String text = "0123456789abcdef".repeat(80_000);
        set("key", text);

        assertThat(get("key").value()).hasSize(text.length()).isEqualTo(text);
    }

    @Test
    void aValueThatExpiresIsGoneAfterItsTimeUnlessItIsSetAgainWithoutOne() {
        Await.result(keyValue().set(new SetRequest(key("timed"), "value", 1)));
        Await.result(keyValue().set(new SetRequest(key("kept"), "value", 1)));
        set("kept", "value");
        assertThat(contains("timed")).isTrue();

        Await.until("the value has expired", () -> !get("timed").exists());
        assertThat(contains("timed")).isFalse();
        assertThat(contains("kept")).isTrue();
    }

    @Test
    void theLongestTimeToLiveIsTaken() {
        Await.result(keyValue().set(new SetRequest(key("key"), "value", 4_294_967_295L)));

        assertThat(get("key")).isEqualTo(new GetResponse("value", true));
    }

    @Test
    void containsAndDelWorkOnEveryKindOfValue() {
        assertThat(contains("text")).isFalse();
        assertThat(del("text")).isFalse();

        set("text", "value");
        listAdd("list", "value");
        setAdd("set", "value");
        for (String name : List.of("text", "list", "set")) {
            assertThat(contains(name)).isTrue();
            assertThat(del(name)).isTrue();
            assertThat(contains(name)).isFalse();
            assertThat(del(name)).isFalse();
        }
    }

    @Test
    void incrementStartsAtZeroAndGoesBothWays() {
        assertThat(increment("counter", 5)).isEqualTo(5);
        assertThat(increment("counter", -7)).isEqualTo(-2);
        assertThat(increment("counter", 0)).isEqualTo(-2);
        assertThat(increment("counter", 129)).isEqualTo(127);
        assertThat(get("counter")).isEqualTo(new GetResponse("127", true));
    }

    @Test
    void incrementContinuesANumberThatWasSet() {
        set("counter", "41");

        assertThat(increment("counter", 1)).isEqualTo(42);
    }

    @Test
    void incrementRefusesTextAndLeavesIt() {
        set("text", "many");

        assertFails(keyValue().increment(new IncrementRequest(key("text"), 1)));
        assertThat(get("text").value()).isEqualTo("many");
    }

    @Test
    void incrementReachesTheEndsOfItsRange() {
        assertThat(increment("most", Integer.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE);
        assertThat(increment("least", Integer.MIN_VALUE)).isEqualTo(Integer.MIN_VALUE);
        assertThat(increment("least", Integer.MAX_VALUE)).isEqualTo(-1);
    }

    @Test
    void incrementBeyondItsRangeFailsAndLeavesTheValueAsItWas() {
        increment("up", Integer.MAX_VALUE);
        assertFails(keyValue().increment(new IncrementRequest(key("up"), 1)));
        assertThat(get("up").value()).isEqualTo("2147483647");

        increment("down", Integer.MIN_VALUE);
        assertFails(keyValue().increment(new IncrementRequest(key("down"), -1)));
        assertThat(get("down").value()).isEqualTo("-2147483648");
    }

    @Test
    void incrementsFromManySidesAreAllCounted() {
        List<CompletionStage<Integer>> calls = new ArrayList<>();
        for (int call = 0; call < 200; call++) {
            calls.add(keyValue().increment(new IncrementRequest(key("counter"), 1)));
        }

        assertThat(calls.stream().map(Await::result))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, 200).boxed().toList());
    }

    @Test
    void listAddAppendsAndGivesTheLength() {
        assertThat(listAdd("list", "a")).isEqualTo(1);
        assertThat(listAdd("list", "b")).isEqualTo(2);
        assertThat(listAdd("list", "a")).isEqualTo(3);
        assertThat(listRange("list", 0, -1)).containsExactly("a", "b", "a");
    }

    @Test
    void listRangeCountsFromBothEndsAndIncludesThem() {
        List.of("a", "b", "c", "d").forEach(value -> listAdd("list", value));

        assertThat(listRange("list", 0, 0)).containsExactly("a");
        assertThat(listRange("list", 1, 2)).containsExactly("b", "c");
        assertThat(listRange("list", -2, -1)).containsExactly("c", "d");
        assertThat(listRange("list", 0, Integer.MAX_VALUE)).containsExactly("a", "b", "c", "d");
        assertThat(listRange("list", Integer.MIN_VALUE, 1)).containsExactly("a", "b");
        assertThat(listRange("list", 3, 1)).isEmpty();
        assertThat(listRange("list", 4, 9)).isEmpty();
        assertThat(listRange("other", 0, -1)).isEmpty();
    }

    @Test
    void listDelRemovesTheFirstOfSeveralEqualElements() {
        List.of("a", "b", "a").forEach(value -> listAdd("list", value));

        assertThat(listDel("list", "a")).isTrue();
        assertThat(listRange("list", 0, -1)).containsExactly("b", "a");
        assertThat(listDel("list", "c")).isFalse();
        assertThat(listDel("other", "a")).isFalse();
    }

    @Test
    void aListWithoutElementsIsNoList() {
        listAdd("list", "a");
        listDel("list", "a");

        assertThat(contains("list")).isFalse();
        assertThat(Await.result(keyValue().listClear(key("list")))).isFalse();
    }

    @Test
    void listClearRemovesTheListOnce() {
        listAdd("list", "a");

        assertThat(Await.result(keyValue().listClear(key("list")))).isTrue();
        assertThat(Await.result(keyValue().listClear(key("list")))).isFalse();
        assertThat(listRange("list", 0, -1)).isEmpty();
    }

    @Test
    void setAddAndSetDelSayWhetherTheyChangedAnything() {
        assertThat(setAdd("set", "a")).isEqualTo(1);
        assertThat(setAdd("set", "a")).isZero();
        assertThat(setAdd("set", "b")).isEqualTo(1);
        assertThat(setQuery("set")).containsExactlyInAnyOrder("a", "b");

        assertThat(setDel("set", "a")).isEqualTo(1);
        assertThat(setDel("set", "a")).isZero();
        assertThat(setDel("other", "a")).isZero();
        assertThat(setQuery("set")).containsExactly("b");
    }

    @Test
    void aSetThatIsNotThereIsEmpty() {
        assertThat(setQuery("missing")).isEmpty();
        assertThat(setUnion("missing")).isEmpty();
        assertThat(setIntersection("missing")).isEmpty();
    }

    @Test
    void setUnionAndSetIntersectionTakeAnyNumberOfSets() {
        List.of("a", "b", "c").forEach(value -> setAdd("one", value));
        List.of("b", "c", "d").forEach(value -> setAdd("two", value));
        List.of("c", "e").forEach(value -> setAdd("three", value));

        assertThat(setUnion("one")).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(setUnion("one", "two", "three")).containsExactlyInAnyOrder("a", "b", "c", "d", "e");
        assertThat(setUnion("one", "missing")).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(setIntersection("one")).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(setIntersection("one", "two")).containsExactlyInAnyOrder("b", "c");
        assertThat(setIntersection("one", "two", "three")).containsExactly("c");
        assertThat(setIntersection("one", "missing")).isEmpty();
    }

    @Test
    void setUnionAndSetIntersectionOfNoSetsFail() {
        assertFails(keyValue().setUnion(List.of()));
        assertFails(keyValue().setIntersection(List.of()));
    }

    @Test
    void setClearRemovesTheSetOnce() {
        setAdd("set", "a");

        assertThat(Await.result(keyValue().setClear(key("set")))).isTrue();
        assertThat(Await.result(keyValue().setClear(key("set")))).isFalse();
        assertThat(setQuery("set")).isEmpty();
    }

    @Test
    void aValueOfAnotherKindIsRefusedAndKept() {
        set("text", "value");
        listAdd("list", "value");
        setAdd("set", "value");

        assertFails(keyValue().get(key("list")));
        assertFails(keyValue().get(key("set")));
        assertFails(keyValue().increment(new IncrementRequest(key("list"), 1)));
        assertFails(keyValue().listAdd(new ListAddRequest(key("text"), "more")));
        assertFails(keyValue().listDel(new ListDelRequest(key("set"), "value")));
        assertFails(keyValue().listRange(new ListRangeRequest(key("text"), 0, -1)));
        assertFails(keyValue().setAdd(new SetAddRequest(key("list"), "more")));
        assertFails(keyValue().setDel(new SetDelRequest(key("text"), "value")));
        assertFails(keyValue().setQuery(key("list")));
        assertFails(keyValue().setUnion(List.of(key("set"), key("text"))));
        assertFails(keyValue().setIntersection(List.of(key("set"), key("list"))));

        assertThat(get("text").value()).isEqualTo("value");
        assertThat(listRange("list", 0, -1)).containsExactly("value");
        assertThat(setQuery("set")).containsExactly("value");
    }

    /** A key that no other test has. */
    private String key(String name) {
        return run + ":" + name;
    }

    private void set(String name, String value) {
        Await.result(keyValue().set(new SetRequest(key(name), value, 0)));
    }

    private GetResponse get(String name) {
        return Await.result(keyValue().get(key(name)));
    }

    private boolean contains(String name) {
        return Await.result(keyValue().contains(key(name)));
    }

    private boolean del(String name) {
        return Await.result(keyValue().del(key(name)));
    }

    private int increment(String name, int value) {
        return Await.result(keyValue().increment(new IncrementRequest(key(name), value)));
    }

    private long listAdd(String name, String value) {
        return Await.result(keyValue().listAdd(new ListAddRequest(key(name), value)));
    }

    private boolean listDel(String name, String value) {
        return Await.result(keyValue().listDel(new ListDelRequest(key(name), value)));
    }

    private List<String> listRange(String name, int start, int stop) {
        return Await.result(keyValue().listRange(new ListRangeRequest(key(name), start, stop)));
    }

    private long setAdd(String name, String value) {
        return Await.result(keyValue().setAdd(new SetAddRequest(key(name), value)));
    }

    private long setDel(String name, String value) {
        return Await.result(keyValue().setDel(new SetDelRequest(key(name), value)));
    }

    private List<String> setQuery(String name) {
        return Await.result(keyValue().setQuery(key(name)));
    }

    private List<String> setUnion(String... names) {
        return Await.result(
                keyValue().setUnion(List.of(names).stream().map(this::key).toList()));
    }

    private List<String> setIntersection(String... names) {
        return Await.result(keyValue()
                .setIntersection(List.of(names).stream().map(this::key).toList()));
    }

    private static void assertFails(CompletionStage<?> call) {
        assertThat(catchThrowable(() -> Await.result(call)))
                .isInstanceOf(RpcException.class)
                .message()
                .isNotBlank();
    }
}
