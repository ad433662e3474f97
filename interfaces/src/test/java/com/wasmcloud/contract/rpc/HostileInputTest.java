package com.wasmcloud.contract.rpc;

import static com.wasmcloud.contract.rpc.Golden.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import com.wasmcloud.contract.GoldenMessages;
import com.wasmcloud.contract.keyvalue.IncrementRequest;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostileInputTest {
    private static final int DEPTH = 10_000;
    /** What a refusal may allocate: readers, an exception with its trace, no more. */
    private static final long SMALL = 64 * 1024;

    private static final List<Codec<?>> CODECS = List.of(
            Codec.BOOL,
            Codec.STRING,
            Codec.BYTES,
            Codec.U16,
            Codec.I32,
            Codec.U32,
            Codec.I64,
            Codec.U64,
            Codec.TIMESTAMP,
            Codec.list(Codec.STRING),
            Codec.list(Codec.UNIT),
            Codec.map(Codec.list(Codec.STRING)),
            SampleReply.CODEC);

    @ParameterizedTest
    @MethodSource("com.wasmcloud.contract.GoldenMessages#all")
    <T> void everyBeginningOfAMessageIsRefused(Golden<T> message) {
        message.bytes().forEach((encoding, bytes) -> {
            for (int size = 0; size < bytes.size(); size++) {
                Bytes beginning = Bytes.wrap(Bytes.wrap(bytes.array(), 0, size).toByteArray());
                assertMalformed(message.codec(), beginning, encoding);
            }
        });
    }

    /** Lengths that are lies, alone and in the places where a record has a value. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "dbffffffff", "db7fffffff", "c6ffffffff", "c67fffffff", "ddffffffff", "dd7fffffff", "dd00100000",
                "dfffffffff", "df7fffffff", "df40000000", "c9ffffffff01", "c97fffffff01", "da ffff 00", "dc ffff 00"
            })
    void messagePackLengthsAreNotBelieved(String header) {
        for (String tail : List.of("", "00", "a161", "00".repeat(100))) {
            for (String before : List.of("", "81a36d7367", "81a178", "91", "81a161")) {
                for (Codec<?> codec : CODECS) {
                    assertCheap(codec, hex(before + header + tail), Encoding.MSGPACK);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7affffffff",
                "7bffffffffffffffff",
                "7b7fffffffffffffff",
                "5affffffff",
                "5bffffffffffffffff",
                "9affffffff",
                "9bffffffffffffffff",
                "9b7fffffffffffffff",
                "9a00100000",
                "baffffffff",
                "bbffffffffffffffff",
                "bb4000000000000000",
                "79 ffff 00",
                "99 ffff 00"
            })
    void cborLengthsAreNotBelieved(String header) {
        for (String tail : List.of("", "00", "6161", "00".repeat(100))) {
            for (String before : List.of("", "a1636d7367", "a16178", "81", "a16161")) {
                for (Codec<?> codec : CODECS) {
                    assertCheap(codec, hex(before + header + tail), Encoding.CBOR_MAP);
                    assertCheap(codec, hex("7f" + before + header + tail), Encoding.CBOR);
                }
            }
        }
    }

    /** Each nested list claims all that is left of the message, which an eager reader would make room for each time. */
    @Test
    void manyListsThatClaimTheSameBytesCostNoMoreThanTheMessage() {
        Codec<List<List<List<List<String>>>>> nested = Codec.list(Codec.list(Codec.list(Codec.list(Codec.STRING))));
        byte[] message = new byte[1_000_000];
        for (int at = 0; at < message.length - 5; at += 5) {
            System.arraycopy(hex("dd00010000").array(), 0, message, at, 5);
        }
        assertCheap(nested, Bytes.wrap(message), Encoding.MSGPACK);
    }

    @Test
    void aMillionEmptyElementsCostInProportion() {
        byte[] message = new byte[1_000_005];
        Arrays.fill(message, (byte) 0x80);
        System.arraycopy(hex("dd000f4240").array(), 0, message, 0, 5);
        long before = allocated();
        assertThat(Codec.list(SampleReply.CODEC).decode(Bytes.wrap(message), Encoding.MSGPACK))
                .hasSize(1_000_000);
        assertThat(allocated() - before).isLessThan(200L * message.length);
    }

    static Stream<String> nestings() {
        return Stream.of("91", "81a178", "dc0001", "dd00000001", "de0001a178", "df00000001a178");
    }

    @ParameterizedTest
    @MethodSource("nestings")
    void deepMessagePackIsRefused(String level) {
        Bytes deep = hex(level.repeat(DEPTH) + "c0");
        Bytes unknown = hex("81a178" + level.repeat(DEPTH) + "c0");
        for (Codec<?> codec : CODECS) {
            assertMalformed(codec, deep, Encoding.MSGPACK);
            assertMalformed(codec, unknown, Encoding.MSGPACK);
        }
        assertThatThrownBy(() -> SampleReply.CODEC.decode(unknown, Encoding.MSGPACK))
                .hasMessageContaining("nested more than 64 deep");
    }

    @ParameterizedTest
    @ValueSource(strings = {"81", "9f", "a16178", "bf6178", "c0", "d82a", "9a00000001"})
    void deepCborIsRefused(String level) {
        Bytes unknown = hex("a16178" + level.repeat(DEPTH) + "f6");
        for (Codec<?> codec : CODECS) {
            assertMalformed(codec, hex(level.repeat(DEPTH) + "f6"), Encoding.CBOR_MAP);
            assertMalformed(codec, unknown, Encoding.CBOR_MAP);
        }
        assertThatThrownBy(() -> SampleReply.CODEC.decode(unknown, Encoding.CBOR_MAP))
                .hasMessageContaining("nested more than 64 deep");
    }

    @Test
    void whatIsNestedAsDeepAsAllowedIsSteppedOver() {
        String deep = "91".repeat(WireReader.MAX_DEPTH) + "c0";
        assertThat(SampleReply.CODEC.decode(hex("81a178" + deep), Encoding.MSGPACK))
                .isEqualTo(SampleReply.of("", ""));
        String deepCbor = "81".repeat(WireReader.MAX_DEPTH - 1) + "f6";
        assertThat(SampleReply.CODEC.decode(hex("a16178" + deepCbor), Encoding.CBOR_MAP))
                .isEqualTo(SampleReply.of("", ""));
    }

    @Test
    void noTwoBytesBreakAnything() {
        for (int i = 0; i < 0x10000; i++) {
            Bytes bytes = Bytes.wrap(new byte[] {(byte) (i >> 8), (byte) i});
            for (Codec<?> codec : CODECS) {
                for (Encoding encoding : Encoding.values()) {
                    readOrRefuse(codec, bytes, encoding);
                }
            }
        }
    }

    @Test
    void aRefusalNamesTheRecordAndNotItsContent() {
        Bytes secret = Codec.map(Codec.STRING).encode(Map.of("value", "s3cr3t"), Encoding.MSGPACK);
        assertThatThrownBy(() -> IncrementRequest.CODEC.decode(secret, Encoding.MSGPACK))
                .hasMessage("deserialization: 'IncrementRequest': field `value`: expected i32, found text");
    }

    @Test
    void everyGoldenMessageReadAsAnyOtherIsReadOrRefused() {
        List<Golden<?>> all = GoldenMessages.all().toList();
        for (Golden<?> one : all) {
            for (Golden<?> other : all) {
                one.bytes().values().forEach(bytes -> {
                    for (Encoding encoding : Encoding.values()) {
                        readOrRefuse(other.codec(), bytes, encoding);
                    }
                });
            }
        }
    }

    private static void assertCheap(Codec<?> codec, Bytes bytes, Encoding encoding) {
        readOrRefuse(codec, bytes, encoding);
        long before = allocated();
        readOrRefuse(codec, bytes, encoding);
        assertThat(allocated() - before).as("%s from %s", codec.name(), bytes).isLessThan(SMALL);
    }

    private static void assertMalformed(Codec<?> codec, Bytes bytes, Encoding encoding) {
        assertThatThrownBy(() -> codec.decode(bytes, encoding))
                .isInstanceOfSatisfying(
                        RpcException.class, e -> assertThat(e.code()).isEqualTo(RpcException.Code.MALFORMED))
                .hasMessageStartingWith("deserialization: ");
    }

    private static void readOrRefuse(Codec<?> codec, Bytes bytes, Encoding encoding) {
        try {
            codec.decode(bytes, encoding);
        } catch (RpcException e) {
            if (e.code() != RpcException.Code.MALFORMED) {
                throw new AssertionError("refused as " + e.code(), e);
            }
        }
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
