package com.wasmcloud.contract.rpc;

import static com.wasmcloud.contract.rpc.Golden.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Single values: the MessagePack column was made by the reference encoder. */
class ScalarsTest {
    static Stream<Arguments> values() {
        Codec<List<String>> strings = Codec.list(Codec.STRING);
        return Stream.of(
                arguments(Codec.STRING, "foo", "a3666f6f", "63666f6f"),
                arguments(Codec.STRING, "", "a0", "60"),
                arguments(Codec.BOOL, true, "c3", "f5"),
                arguments(Codec.BOOL, false, "c2", "f4"),
                arguments(Codec.I32, 0, "00", "00"),
                arguments(Codec.I32, 1, "01", "01"),
                arguments(Codec.I32, 127, "7f", "187f"),
                arguments(Codec.I32, 128, "cc80", "1880"),
                arguments(Codec.I32, 255, "ccff", "18ff"),
                arguments(Codec.I32, 256, "cd0100", "190100"),
                arguments(Codec.I32, 65535, "cdffff", "19ffff"),
                arguments(Codec.I32, 65536, "ce00010000", "1a00010000"),
                arguments(Codec.I32, -1, "ff", "20"),
                arguments(Codec.I32, -32, "e0", "381f"),
                arguments(Codec.I32, -33, "d0df", "3820"),
                arguments(Codec.I32, -128, "d080", "387f"),
                arguments(Codec.I32, -129, "d1ff7f", "3880"),
                arguments(Codec.I32, -32768, "d18000", "397fff"),
                arguments(Codec.I32, -32769, "d2ffff7fff", "398000"),
                arguments(Codec.U32, 0L, "00", "00"),
                arguments(Codec.U32, 4294967295L, "ceffffffff", "1affffffff"),
                arguments(Codec.U64, 1L << 32, "cf0000000100000000", "1b0000000100000000"),
                arguments(Codec.U64, -1L, "cfffffffffffffffff", "1bffffffffffffffff"),
                arguments(Codec.I64, -(1L << 40), "d3ffffff0000000000", "3b000000ffffffffff"),
                arguments(Codec.I64, Long.MIN_VALUE, "d38000000000000000", "3b7fffffffffffffff"),
                arguments(Codec.I64, -5L, "fb", "24"),
                arguments(Codec.U16, 200, "ccc8", "18c8"),
                arguments(Codec.U16, 500, "cd01f4", "1901f4"),
                arguments(strings, List.of(), "90", "80"),
                arguments(strings, List.of("a", "b"), "92a161a162", "8261616162"),
                arguments(Codec.map(strings), Map.of("a", List.of()), "81a16190", "a1616180"),
                arguments(Codec.BYTES, hex("0102"), "c4020102", "420102"),
                arguments(Codec.BYTES, Bytes.EMPTY, "c400", "40"));
    }

    @ParameterizedTest
    @MethodSource("values")
    <T> void areWrittenInTheShortestFormAndRead(Codec<T> codec, T value, String msgpack, String cbor) {
        check(codec, value, Encoding.MSGPACK, msgpack);
        check(codec, value, Encoding.CBOR_MAP, cbor);
        check(codec, value, Encoding.CBOR, "7f" + cbor);
    }

    private static <T> void check(Codec<T> codec, T value, Encoding encoding, String bytes) {
        assertThat(codec.encode(value, encoding).toHex()).isEqualTo(bytes);
        assertThat(codec.decode(hex(bytes), encoding)).isEqualTo(value);
    }

    @ParameterizedTest
    @EnumSource(Encoding.class)
    void aLargeMessageIsInAnArrayOfItsSize(Encoding encoding) {
        Codec<List<String>> texts = Codec.list(Codec.STRING);
        for (int size : new int[] {8_000, 9_000, 65_530, 65_540, 100_000, 1_000_000}) {
            // what it takes cannot be told from the number of characters
            List<String> value = List.of("ä".repeat(size), "b", "c".repeat(size), "");

            Bytes message = texts.encode(value, encoding);

            assertThat(texts.decode(message, encoding)).isEqualTo(value);
            if (size > 65_536) {
                assertThat(message.exactArray()).isSameAs(message.array()).hasSize(message.size());
            }
        }
    }

    @Test
    void theTimestampHasThreeForms() {
        Instant value = Instant.ofEpochSecond(1_700_000_000, 5);
        check(Codec.TIMESTAMP, value, Encoding.MSGPACK, "82a3736563ce6553f100a46e73656305");
        check(Codec.TIMESTAMP, value, Encoding.CBOR, "7f1a6553f10005");
        check(Codec.TIMESTAMP, value, Encoding.CBOR_MAP, "a2637365631a6553f100646e73656305");
    }

    @Test
    @SuppressWarnings("NullAway") // the one value that Void has
    void unitIsNoBytesAndReadFromAnything() {
        for (Encoding encoding : Encoding.values()) {
            assertThat(Codec.UNIT.encode(null, encoding)).isEqualTo(Bytes.EMPTY);
            assertThat(Codec.UNIT.decode(Bytes.EMPTY, encoding)).isNull();
            assertThat(Codec.UNIT.decode(hex("c0"), encoding)).isNull();
            assertThat(Codec.UNIT.decode(hex("c1ff"), encoding)).isNull();
        }
    }

    @Test
    void longValuesGetLongHeaders() {
        for (int size : new int[] {31, 32, 255, 256, 65535, 65536, 1_000_000}) {
            for (Encoding encoding : Encoding.values()) {
                String text = "x".repeat(size);
                assertThat(Codec.STRING.decode(Codec.STRING.encode(text, encoding), encoding))
                        .isEqualTo(text);
                Bytes bytes = Bytes.utf8(text);
                assertThat(Codec.BYTES.decode(Codec.BYTES.encode(bytes, encoding), encoding))
                        .isEqualTo(bytes);
            }
        }
    }

    @Test
    void textOutsideAsciiOutgrowsTheEstimateAndIsStillWritten() {
        String text = "\u20ac\ud83d\ude00".repeat(1000);
        for (Encoding encoding : Encoding.values()) {
            assertThat(Codec.STRING.decode(Codec.STRING.encode(text, encoding), encoding))
                    .isEqualTo(text);
        }
    }

    @Test
    void mapsKeepTheirOrder() {
        Map<String, Boolean> map = new LinkedHashMap<>();
        for (int i = 0; i < 100; i++) {
            map.put("key " + (i * 37) % 100, i % 2 == 0);
        }
        Codec<Map<String, Boolean>> codec = Codec.map(Codec.BOOL);
        for (Encoding encoding : Encoding.values()) {
            assertThat(codec.decode(codec.encode(map, encoding), encoding)).containsExactlyEntriesOf(map);
        }
    }

    @Test
    void payloadsAreViewsOfTheMessage() {
        Bytes whole = hex("00 c403010203 00");
        Bytes message = Bytes.wrap(whole.array(), 1, 5);
        Bytes payload = Codec.BYTES.decode(message, Encoding.MSGPACK);
        assertThat(payload.array()).isSameAs(whole.array());
        assertThat(payload.offset()).isEqualTo(3);
        assertThat(payload.toHex()).isEqualTo("010203");
    }

    @Test
    void whatWasReadCannotBeChanged() {
        List<String> list = Codec.list(Codec.STRING).decode(hex("92a161a162"), Encoding.MSGPACK);
        assertThatThrownBy(() -> list.add("c")).isInstanceOf(UnsupportedOperationException.class);
        Map<String, String> map = Codec.map(Codec.STRING).decode(hex("81a161a162"), Encoding.MSGPACK);
        assertThatThrownBy(map::clear).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void numbersOutsideTheirTypeAreNotWritten() {
        assertThatThrownBy(() -> Codec.U16.encode(65536, Encoding.MSGPACK))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("65536 is not between 0 and 65535 (u16)");
        assertThatThrownBy(() -> Codec.U32.encode(-1L, Encoding.CBOR)).isInstanceOf(IllegalArgumentException.class);
    }
}
