package com.wasmcloud.contract.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wasmcloud.contract.rpc.RpcException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * What every implementation of {@code wasmcloud:keyvalue} does. Keys are new in each test, so that implementations may
 * share one store; {@link #pass} is how time goes by in it.
 */
public abstract class KeyValueContractTest {
    private final String key = "test:" + UUID.randomUUID();
    private final String other = "test:" + UUID.randomUUID();

    /** What is tested. */
    protected abstract KeyValue keyValue();

    /** Lets this much time go by for the store; must not return earlier. */
    protected abstract void pass(Duration time);

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
    }

    private static void assertFails(CompletionStage<?> stage) {
        assertThatThrownBy(() -> get(stage)).hasCauseInstanceOf(RpcException.class);
    }

    @Test
    void findsNothingUnderANewKey() {
        assertThat(get(keyValue().get(key))).isEqualTo(new GetResponse("", false));
        assertThat(get(keyValue().contains(key))).isFalse();
        assertThat(get(keyValue().del(key))).isFalse();
    }

    @Test
    void readsWhatWasSet() {
        for (String value : List.of("value", "", "grüße \ud83d\ude00", "a\u0000b\n", "x".repeat(100_000))) {
            get(keyValue().set(new SetRequest(key, value, 0)));
            assertThat(get(keyValue().get(key))).isEqualTo(new GetResponse(value, true));
        }
        assertThat(get(keyValue().contains(key))).isTrue();
    }

    @Test
    void deletesWhateverIsThere() {
        get(keyValue().set(new SetRequest(key, "value", 0)));
        get(keyValue().listAdd(new ListAddRequest(other, "value")));
        assertThat(get(keyValue().del(key))).isTrue();
        assertThat(get(keyValue().del(other))).isTrue();
        assertThat(get(keyValue().contains(key))).isFalse();
        assertThat(get(keyValue().contains(other))).isFalse();
    }

    @Test
    void forgetsWhenTheTimeIsUp() {
        get(keyValue().set(new SetRequest(key, "value", 1)));
        get(keyValue().set(new SetRequest(other, "value", 4_000_000_000L)));
        assertThat(get(keyValue().contains(key))).isTrue();
        pass(Duration.ofMillis(1100));
        assertThat(get(keyValue().get(key))).isEqualTo(new GetResponse("", false));
        assertThat(get(keyValue().contains(other))).isTrue();
    }

    @Test
    void settingAgainForgetsTheExpiry() {
        get(keyValue().set(new SetRequest(key, "value", 1)));
        get(keyValue().set(new SetRequest(key, "value", 0)));
        pass(Duration.ofMillis(1100));
        assertThat(get(keyValue().contains(key))).isTrue();
    }

    @Test
    void settingReplacesAnotherType() {
        get(keyValue().listAdd(new ListAddRequest(key, "value")));
        get(keyValue().set(new SetRequest(key, "text", 0)));
        assertThat(get(keyValue().get(key))).isEqualTo(new GetResponse("text", true));
    }

    @Test
    void counts() {
        assertThat(get(keyValue().increment(new IncrementRequest(key, 5)))).isEqualTo(5);
        assertThat(get(keyValue().increment(new IncrementRequest(key, 122)))).isEqualTo(127);
        assertThat(get(keyValue().increment(new IncrementRequest(key, -200)))).isEqualTo(-73);
        assertThat(get(keyValue().increment(new IncrementRequest(key, 0)))).isEqualTo(-73);
        assertThat(get(keyValue().get(key))).isEqualTo(new GetResponse("-73", true));
    }

    @Test
    void countsFromANumberThatWasSet() {
        get(keyValue().set(new SetRequest(key, "41", 0)));
        assertThat(get(keyValue().increment(new IncrementRequest(key, 1)))).isEqualTo(42);
    }

    @Test
    void doesNotCountPast32Bits() {
        get(keyValue().increment(new IncrementRequest(key, Integer.MAX_VALUE)));
        assertFails(keyValue().increment(new IncrementRequest(key, 1)));
        assertThat(get(keyValue().get(key)).value()).isEqualTo("2147483647");
        get(keyValue().increment(new IncrementRequest(other, Integer.MIN_VALUE)));
        assertFails(keyValue().increment(new IncrementRequest(other, -1)));
        assertThat(get(keyValue().get(other)).value()).isEqualTo("-2147483648");
    }

    @Test
    void doesNotCountText() {
        get(keyValue().set(new SetRequest(key, "one", 0)));
        assertFails(keyValue().increment(new IncrementRequest(key, 1)));
        assertThat(get(keyValue().get(key)).value()).isEqualTo("one");
    }

    @Test
    void appendsToLists() {
        assertThat(get(keyValue().listAdd(new ListAddRequest(key, "a")))).isEqualTo(1);
        assertThat(get(keyValue().listAdd(new ListAddRequest(key, "b")))).isEqualTo(2);
        assertThat(get(keyValue().listAdd(new ListAddRequest(key, "a")))).isEqualTo(3);
        assertThat(range(0, -1)).containsExactly("a", "b", "a");
    }

    @Test
    void readsRangesOfLists() {
        for (String value : List.of("a", "b", "c", "d")) {
            get(keyValue().listAdd(new ListAddRequest(key, value)));
        }
        assertThat(range(1, 2)).containsExactly("b", "c");
        assertThat(range(0, 0)).containsExactly("a");
        assertThat(range(-2, -1)).containsExactly("c", "d");
        assertThat(range(2, 100)).containsExactly("c", "d");
        assertThat(range(-100, 1)).containsExactly("a", "b");
        assertThat(range(3, 1)).isEmpty();
        assertThat(range(4, 8)).isEmpty();
        assertThat(range(0, -5)).isEmpty();
        assertThat(get(keyValue().listRange(new ListRangeRequest(other, 0, -1))))
                .isEmpty();
    }

    private List<String> range(int start, int stop) {
        return get(keyValue().listRange(new ListRangeRequest(key, start, stop)));
    }

    @Test
    void removesTheFirstEqualElementOfAList() {
        for (String value : List.of("a", "b", "a")) {
            get(keyValue().listAdd(new ListAddRequest(key, value)));
        }
        assertThat(get(keyValue().listDel(new ListDelRequest(key, "a")))).isTrue();
        assertThat(range(0, -1)).containsExactly("b", "a");
        assertThat(get(keyValue().listDel(new ListDelRequest(key, "x")))).isFalse();
        assertThat(get(keyValue().listDel(new ListDelRequest(other, "x")))).isFalse();
    }

    @Test
    void clearsLists() {
        get(keyValue().listAdd(new ListAddRequest(key, "a")));
        assertThat(get(keyValue().listClear(key))).isTrue();
        assertThat(get(keyValue().listClear(key))).isFalse();
        assertThat(range(0, -1)).isEmpty();
    }

    @Test
    void keepsEachMemberOfASetOnce() {
        assertThat(get(keyValue().setAdd(new SetAddRequest(key, "a")))).isEqualTo(1);
        assertThat(get(keyValue().setAdd(new SetAddRequest(key, "a")))).isEqualTo(0);
        assertThat(get(keyValue().setAdd(new SetAddRequest(key, "b")))).isEqualTo(1);
        assertThat(get(keyValue().setQuery(key))).containsExactlyInAnyOrder("a", "b");
        assertThat(get(keyValue().setDel(new SetDelRequest(key, "a")))).isEqualTo(1);
        assertThat(get(keyValue().setDel(new SetDelRequest(key, "a")))).isEqualTo(0);
        assertThat(get(keyValue().setQuery(key))).containsExactly("b");
    }

    @Test
    void clearsSets() {
        get(keyValue().setAdd(new SetAddRequest(key, "a")));
        assertThat(get(keyValue().setClear(key))).isTrue();
        assertThat(get(keyValue().setClear(key))).isFalse();
        assertThat(get(keyValue().setQuery(key))).isEmpty();
    }

    @Test
    void joinsAndIntersectsSets() {
        get(keyValue().setAdd(new SetAddRequest(key, "a")));
        get(keyValue().setAdd(new SetAddRequest(key, "b")));
        get(keyValue().setAdd(new SetAddRequest(other, "b")));
        get(keyValue().setAdd(new SetAddRequest(other, "c")));
        assertThat(get(keyValue().setUnion(List.of(key, other)))).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(get(keyValue().setIntersection(List.of(key, other)))).containsExactly("b");
        assertThat(get(keyValue().setUnion(List.of(key)))).containsExactlyInAnyOrder("a", "b");
        assertThat(get(keyValue().setIntersection(List.of(key)))).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void aSetThatIsNotThereIsEmpty() {
        get(keyValue().setAdd(new SetAddRequest(key, "a")));
        assertThat(get(keyValue().setQuery(other))).isEmpty();
        assertThat(get(keyValue().setUnion(List.of(key, other)))).containsExactly("a");
        assertThat(get(keyValue().setIntersection(List.of(key, other)))).isEmpty();
    }

    @Test
    void aValueOfAnotherTypeIsAnError() {
        get(keyValue().set(new SetRequest(key, "text", 0)));
        get(keyValue().listAdd(new ListAddRequest(other, "a")));
        assertFails(keyValue().listAdd(new ListAddRequest(key, "a")));
        assertFails(keyValue().setAdd(new SetAddRequest(key, "a")));
        assertFails(keyValue().setQuery(key));
        assertFails(keyValue().get(other));
        assertFails(keyValue().increment(new IncrementRequest(other, 1)));
    }
}
