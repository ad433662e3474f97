package com.wasmcloud.contract.rpc;

import static com.wasmcloud.contract.rpc.Golden.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wasmcloud.contract.httpserver.HttpRequest;
import com.wasmcloud.contract.keyvalue.KeyValue;
import com.wasmcloud.contract.keyvalue.KeyValueContract;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContractTest {
    /** A service with one method of each temper. */
    private interface Tempers {
        CompletionStage<Integer> same(Integer value);

        CompletionStage<Integer> none();
    }

    private static final Operation<Tempers, Integer, Integer> SAME =
            Operation.of("Tempers.Same", Codec.I32, Codec.I32, Tempers::same);
    private static final Operation<Tempers, Void, Integer> NONE =
            Operation.of("Tempers.None", Codec.I32, Tempers::none);
    private static final Contract<Tempers> TEMPERS = Contract.<Tempers>named("test:tempers")
            .operation(SAME)
            .operation(NONE)
            .stubbedBy(caller -> service(value -> SAME.call(caller, value)));

    /** No call gets as far as the service. */
    private static final KeyValue NOBODY = KeyValueContract.INSTANCE.stub(
            (operation, argument) -> CompletableFuture.failedFuture(new AssertionError(operation + " was called")));

    private static Tempers service(Function<Integer, @Nullable CompletionStage<Integer>> same) {
        return new Tempers() {
            @Override
            @SuppressWarnings("NullAway") // a service that breaks its promise is what is tested
            public CompletionStage<Integer> same(Integer value) {
                return same.apply(value);
            }

            @Override
            public CompletionStage<Integer> none() {
                return CompletableFuture.completedFuture(7);
            }
        };
    }

    private static Tempers echo() {
        return service(CompletableFuture::completedFuture);
    }

    @ParameterizedTest
    @CsvSource({
        "KeyValue.Foo, method not handled KeyValue::Foo",
        "Xyz.Foo, method not handled Xyz.Foo - unknown method",
        "Other.KeyValue.Get, method not handled Other.KeyValue.Get - unknown method",
        "foo, method not handled _.foo - unknown method",
        "'', method not handled _. - unknown method",
        "KeyValue., method not handled KeyValue::",
        ".Get, method not handled .Get - unknown method"
    })
    void namesTheOperationThatItDoesNotHave(String operation, String message) {
        assertFails(
                KeyValueContract.INSTANCE.invoke(NOBODY, operation, Bytes.EMPTY, Encoding.MSGPACK),
                RpcException.Code.UNKNOWN_OPERATION,
                message);
    }

    @Test
    void echoesOnlyTheBeginningOfALongName() {
        String operation = "KeyValue." + "x".repeat(1_000_000);
        assertFails(
                KeyValueContract.INSTANCE.invoke(NOBODY, operation, Bytes.EMPTY, Encoding.MSGPACK),
                RpcException.Code.UNKNOWN_OPERATION,
                "method not handled KeyValue::" + "x".repeat(100) + "…");
    }

    @ParameterizedTest
    @CsvSource({
        "KeyValue.Increment, 82a36b6579a16ba576616c7565c3, 'IncrementRequest': field `value`: expected i32; found a boolean",
        "KeyValue.Get, c0, 'string': expected text; found nil",
        "KeyValue.Get, '', 'string': the message ends in the middle of a value",
        "KeyValue.SetUnion, a161, 'list of string': expected a list; found text"
    })
    void namesTheArgumentThatItCannotDecode(String operation, String bytes, String why) {
        assertFails(
                KeyValueContract.INSTANCE.invoke(NOBODY, operation, hex(bytes), Encoding.MSGPACK),
                RpcException.Code.MALFORMED,
                "deserialization: " + why.replace(';', ','));
    }

    @Test
    void aMissingFieldReadsAsInTheOriginal() {
        assertThatThrownBy(() -> HttpRequest.CODEC.decode(hex("80"), Encoding.MSGPACK))
                .hasMessage("deserialization: 'HttpRequest': missing field `header`");
    }

    @Test
    void whatAMethodThrowsFailsTheStage() {
        IllegalStateException thrown = new IllegalStateException("no");
        assertThat(TEMPERS.invoke(
                        service(value -> {
                            throw thrown;
                        }),
                        "Tempers.Same",
                        hex("01"),
                        Encoding.MSGPACK))
                .isCompletedExceptionally()
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCause(thrown);
    }

    @Test
    void anErrorInAMethodFailsTheStageToo() {
        assertThat(TEMPERS.invoke(
                        service(value -> {
                            throw new StackOverflowError();
                        }),
                        "Tempers.Same",
                        hex("01"),
                        Encoding.MSGPACK))
                .isCompletedExceptionally();
    }

    @Test
    void aMethodWithoutAStageFailsTheStage() {
        assertThatThrownBy(() -> TEMPERS.invoke(service(value -> null), "Tempers.Same", hex("01"), Encoding.MSGPACK)
                        .toCompletableFuture()
                        .join())
                .hasRootCauseMessage("Tempers.Same gave no stage");
    }

    @Test
    @SuppressWarnings("NullAway") // a service that breaks its promise is what is tested
    void aMethodWithoutAResultFailsTheStage() {
        assertThatThrownBy(() -> TEMPERS.invoke(
                                service(value -> CompletableFuture.completedFuture(null)),
                                "Tempers.Same",
                                hex("01"),
                                Encoding.MSGPACK)
                        .toCompletableFuture()
                        .join())
                .hasRootCauseMessage("Tempers.Same completed without a result");
    }

    @Test
    void aFailedStageIsPassedOn() {
        RpcException failure = RpcException.backend("redis error: gone", null);
        assertFails(
                TEMPERS.invoke(
                        service(value -> CompletableFuture.failedFuture(failure)),
                        "Tempers.Same",
                        hex("01"),
                        Encoding.MSGPACK),
                RpcException.Code.BACKEND,
                "redis error: gone");
    }

    /** A host in Rust would take {@code 7f} for CBOR; only the result of exactly 127 is longer than it had to be. */
    @ParameterizedTest
    @CsvSource({"126, 7e", "127, cc7f", "128, cc80", "-1, ff"})
    void aResultNeverLooksLikeCbor(int value, String bytes) {
        Bytes argument = Codec.I32.encode(value, Encoding.MSGPACK);
        assertThat(TEMPERS.invoke(echo(), "Tempers.Same", argument, Encoding.MSGPACK))
                .isCompletedWithValue(hex(bytes));
    }

    @Test
    void anArgumentOf127StaysAsShortAsItCanBe() {
        assertThat(Codec.I32.encode(127, Encoding.MSGPACK)).isEqualTo(hex("7f"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "c0", "80", "c1", "ffffff"})
    void anOperationWithoutInputIgnoresItsArgument(String argument) {
        assertThat(TEMPERS.invoke(echo(), "Tempers.None", hex(argument), Encoding.MSGPACK))
                .isCompletedWithValue(hex("07"));
    }

    @Test
    void aContractInMessagePackIsNeverAnythingElse() {
        for (String bytes : new String[] {"", "7f6161", "a0", "6161", "00"}) {
            assertThat(TEMPERS.encodingOf("Tempers.Same", hex(bytes), Encoding.CBOR))
                    .isEqualTo(Encoding.MSGPACK);
        }
        assertFails(
                TEMPERS.invoke(echo(), "Tempers.Same", hex("c101"), Encoding.MSGPACK),
                RpcException.Code.MALFORMED,
                "deserialization: 'i32': expected i32, found a value of another type");
    }

    @Test
    void aStubFailsTheStageWhenTheCallerThrows() {
        Caller broken = (operation, argument) -> {
            throw RpcException.of(RpcException.Code.UNREACHABLE, "nobody");
        };
        assertFails(TEMPERS.stub(broken).same(1), RpcException.Code.UNREACHABLE, "nobody");
    }

    @Test
    void aStubFailsTheStageWhenTheReplyIsGarbage() {
        Caller garbage = (operation, argument) -> CompletableFuture.completedFuture(hex("c3"));
        assertFails(
                TEMPERS.stub(garbage).same(1),
                RpcException.Code.MALFORMED,
                "deserialization: 'i32': expected i32, found a boolean");
    }

    /** Actors that know CBOR answer in it whatever they are asked in; others answer in MessagePack. */
    @ParameterizedTest
    @CsvSource({
        "MSGPACK, 7f187f",
        "MSGPACK, 7f",
        "MSGPACK, cc7f",
        "CBOR, 7f187f",
        "CBOR, cc7f",
        "CBOR_MAP, 187f",
        "CBOR_MAP, 7f187f"
    })
    void aStubReadsTheReplyInTheEncodingItIsIn(Encoding asked, String reply) {
        Caller caller = new Caller() {
            @Override
            public CompletionStage<Bytes> call(String operation, Bytes argument) {
                return CompletableFuture.completedFuture(hex(reply));
            }

            @Override
            public Encoding encoding() {
                return asked;
            }
        };
        assertThat(TEMPERS.stub(caller).same(1)).isCompletedWithValue(127);
    }

    @Test
    void anOperationIsInAContractOnce() {
        Contract.Builder<Tempers> builder =
                Contract.<Tempers>named("test:tempers").operation(SAME);
        assertThatThrownBy(() -> builder.operation(SAME)).hasMessage("Tempers.Same is in the contract already");
    }

    @Test
    void anOperationHasAService() {
        Operation<Tempers, Integer, Integer> bare = Operation.of("Same", Codec.I32, Codec.I32, Tempers::same);
        assertThatThrownBy(() -> Contract.<Tempers>named("test:tempers").operation(bare))
                .hasMessage("Same is not of the form Service.Method");
    }

    private static void assertFails(CompletionStage<?> stage, RpcException.Code code, String message) {
        assertThatThrownBy(() -> stage.toCompletableFuture().join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        RpcException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessage(message);
    }
}
