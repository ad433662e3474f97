package com.wasmcloud.contract.rpc;

import static com.wasmcloud.contract.rpc.Golden.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.wasmcloud.contract.httpserver.HttpResponse;
import com.wasmcloud.contract.keyvalue.SetRequest;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the reference decoder takes and refuses in MessagePack, observed there. */
class MsgpackLeniencyTest {
    private static final String MSG = "a36d7367";
    private static final String ID = "a26964";
    private static final String ERROR = "a56572726f72";
    private static final String LENGTH = "a66c656e677468";

    static Stream<Arguments> accepted() {
        SampleReply none = SampleReply.of("", "");
        Codec<SampleReply> reply = SampleReply.CODEC;
        return Stream.of(
                arguments("empty map", reply, "80", none),
                arguments("empty list", reply, "90", none),
                arguments("bytes as text", reply, "81" + MSG + "a26162", SampleReply.of("6162", "")),
                arguments("bytes as text that is not UTF-8", reply, "81" + MSG + "a2ff01", SampleReply.of("ff01", "")),
                arguments("bytes as list of numbers", reply, "81" + MSG + "9201ccff", SampleReply.of("01ff", "")),
                arguments("bytes as empty list", reply, "81" + MSG + "90", none),
                arguments("optional text nil", reply, "81" + ERROR + "c0", none),
                arguments("optional number nil", reply, "81" + LENGTH + "c0", none),
                arguments("signed 64 bits", reply, "81" + LENGTH + "d30000000000000005", none.withLength(5)),
                arguments("unknown field", reply, "82 a178 8190c0 " + ERROR + "a178", none.withError("x")),
                arguments("unknown field of each type", reply, unknown(), none.withError("x")),
                arguments("field name as bytes", reply, "81 c405 6572726f72 a178", none.withError("x")),
                arguments("text as bytes", reply, "81" + ID + "c40169", SampleReply.of("", "i")),
                arguments(
                        "fields in another order",
                        reply,
                        "82" + ERROR + "a178" + ID + "a169",
                        SampleReply.of("", "i").withError("x")),
                arguments("list of two", reply, "92 c40101 a169", SampleReply.of("01", "i")),
                arguments(
                        "list of all",
                        reply,
                        "94 c40101 a169 c0 01",
                        SampleReply.of("01", "i").withLength(1)),
                arguments("bytes behind the value", reply, "80ffff", none),
                arguments(
                        "no expiry", SetRequest.CODEC, "82 a36b6579a16b a576616c7565a176", new SetRequest("k", "v", 0)),
                arguments("text from bytes", Codec.STRING, "c40161", "a"),
                arguments("i32 from u8", Codec.I32, "cc80", 128),
                arguments("i32 from i64", Codec.I32, "d30000000000000001", 1),
                arguments("i32 from u64", Codec.I32, "cf0000000000000001", 1),
                arguments("u32 from i8", Codec.U32, "d005", 5L),
                arguments("i32 from a long 127", Codec.I32, "cc7f", 127),
                arguments("unit in a list", Codec.list(Codec.UNIT), "91c0", Collections.singletonList(null)),
                arguments("timestamp as list", Codec.TIMESTAMP, "920102", Instant.ofEpochSecond(1, 2)),
                arguments(
                        "nanoseconds beyond a second", Codec.TIMESTAMP, "9201ce77359401", Instant.ofEpochSecond(3, 1)),
                arguments("same key twice in a map", Codec.map(Codec.I32), "82a16101a16102", Map.of("a", 2)));
    }

    /** A field of every MessagePack type that the reader has to step over. */
    private static String unknown() {
        List<String> values = List.of(
                "c0",
                "c3",
                "7f",
                "e0",
                "cc01",
                "cd0001",
                "ce00000001",
                "cf0000000000000001",
                "d001",
                "d10001",
                "d200000001",
                "d30000000000000001",
                "ca00000000",
                "cb0000000000000000",
                "a161",
                "d90161",
                "da000161",
                "db0000000161",
                "c40161",
                "c5000161",
                "c60000000161",
                "9101",
                "dc000101",
                "dd0000000101",
                "81a16101",
                "de0001a16101",
                "df00000001a16101",
                "d40100",
                "d5010000",
                "d60100000000",
                "d7010000000000000000",
                "d80100000000000000000000000000000000",
                "c7010100",
                "c800010100",
                "c9000000010100");
        StringBuilder bytes = new StringBuilder("de00").append(String.format("%02x", values.size() + 1));
        for (String value : values) {
            bytes.append("a178").append(value);
        }
        return bytes.append(ERROR).append("a178").toString();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    <T> void accepted(String what, Codec<T> codec, String bytes, T value) {
        assertThat(codec.decode(hex(bytes), Encoding.MSGPACK)).isEqualTo(value);
    }

    static Stream<Arguments> refused() {
        Codec<SampleReply> reply = SampleReply.CODEC;
        Codec<Timestamped> timestamped = Timestamped.CODEC;
        return Stream.of(
                arguments(reply, "81" + MSG + "c0", "'SampleReply': field `msg`: expected bytes, found nil"),
                arguments(reply, "81" + MSG + "91cd0100", "'SampleReply': field `msg`: number out of range for a byte"),
                arguments(reply, "81" + MSG + "91ff", "'SampleReply': field `msg`: number out of range for a byte"),
                arguments(
                        reply,
                        "81" + LENGTH + "ca40a00000",
                        "'SampleReply': field `length`: expected u64, found a float"),
                arguments(reply, "81" + LENGTH + "ff", "'SampleReply': field `length`: number out of range for u64"),
                arguments(reply, "81" + ID + "c0", "'SampleReply': field `id`: expected text, found nil"),
                arguments(reply, "95 c40101 a169 c0 01 02", "'SampleReply': a list of 5 elements for 4 fields"),
                arguments(reply, "", "'SampleReply': the message ends in the middle of a value"),
                arguments(reply, "c0", "'SampleReply': expected a map or a list, found nil"),
                arguments(reply, "82" + ERROR + "a178" + ERROR + "a178", "'SampleReply': duplicate field `error`"),
                arguments(reply, "82" + ERROR + "c0" + ERROR + "c0", "'SampleReply': duplicate field `error`"),
                arguments(reply, "810101", "'SampleReply': expected a field name, found an integer"),
                arguments(
                        SetRequest.CODEC,
                        "81a765787069726573ff",
                        "'SetRequest': field `expires`: number out of range for u32"),
                arguments(Codec.STRING, "c0", "'string': expected text, found nil"),
                arguments(Codec.STRING, "91a161", "'string': expected text, found a list"),
                arguments(Codec.STRING, "a1ff", "'string': expected text, found bytes that are not UTF-8"),
                arguments(Codec.STRING, "c403eda080", "'string': expected text, found bytes that are not UTF-8"),
                arguments(Codec.I32, "cb3ff0000000000000", "'i32': expected i32, found a float"),
                arguments(Codec.I32, "ce80000000", "'i32': number out of range for i32"),
                arguments(Codec.I64, "cf8000000000000000", "'i64': number out of range for i64"),
                arguments(Codec.BOOL, "01", "'boolean': expected a boolean, found an integer"),
                arguments(Codec.list(Codec.UNIT), "9180", "'list of unit': expected nil, found a map"),
                arguments(Codec.list(Codec.UNIT), "9190", "'list of unit': expected nil, found a list"),
                arguments(
                        HttpResponse.CODEC,
                        "81aa737461747573436f6465ce00011170",
                        "'HttpResponse': field `statusCode`: number out of range for u16"),
                arguments(HttpResponse.CODEC, "81aa737461747573436f6465ccc8", "'HttpResponse': missing field `header`"),
                arguments(
                        HttpResponse.CODEC,
                        "81a668656164657281a161a162",
                        "'HttpResponse': field `header`: expected a list, found text"),
                arguments(timestamped, "81a26174 81a373656301", "'Timestamped': field `at`: missing field `nsec`"),
                arguments(
                        timestamped,
                        "81a26174 82a3736563d37fffffffffffffffa46e73656300",
                        "'Timestamped': field `at`: number out of range for a timestamp"),
                arguments(
                        timestamped,
                        "81a2617401",
                        "'Timestamped': field `at`: expected a map or a list, found an integer"),
                arguments(Codec.STRING, "c1", "'string': expected text, found a value of another type"));
    }

    @ParameterizedTest
    @MethodSource
    void refused(Codec<?> codec, String bytes, String why) {
        assertThatThrownBy(() -> codec.decode(hex(bytes), Encoding.MSGPACK))
                .isInstanceOfSatisfying(
                        RpcException.class, e -> assertThat(e.code()).isEqualTo(RpcException.Code.MALFORMED))
                .hasMessage("deserialization: " + why);
    }

    @Test
    void nearlyUtf8IsTakenWhereItIsMeant() {
        assertThat(Codec.STRING.decode(hex("a3efbfbd"), Encoding.MSGPACK)).isEqualTo("\ufffd");
    }

    private record Timestamped(Instant at) {
        static final Codec<Timestamped> CODEC = Codec.record("Timestamped", fields -> {
            var at = fields.required("at", Codec.TIMESTAMP, Timestamped::at);
            return in -> new Timestamped(in.get(at));
        });
    }
}
