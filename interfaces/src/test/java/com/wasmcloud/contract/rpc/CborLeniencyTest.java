package com.wasmcloud.contract.rpc;

import static com.wasmcloud.contract.rpc.Golden.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.wasmcloud.contract.blobstore.ContainerMetadata;
import com.wasmcloud.contract.blobstore.ContainerObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is taken and refused in CBOR, of either dialect. */
class CborLeniencyTest {
    private static final ContainerMetadata CREATED =
            new ContainerMetadata("c", Optional.of(Instant.ofEpochSecond(1, 2)));
    private static final ContainerMetadata BARE = new ContainerMetadata("c", Optional.empty());
    private static final String CONTAINER_ID = "6b636f6e7461696e65724964";
    private static final String CREATED_AT = "69637265617465644174";

    static Stream<Arguments> accepted() {
        Codec<ContainerMetadata> container = ContainerMetadata.CODEC;
        Codec<ContainerObject> object = ContainerObject.CODEC;
        return Stream.of(
                arguments("two items in one place", container, "82 6163 01 02", CREATED),
                arguments("timestamp as a map in a list", container, "82 6163 a2637365630164 6e73656302", CREATED),
                arguments("two items in a map", container, "a2" + CONTAINER_ID + "6163" + CREATED_AT + "0102", CREATED),
                arguments(
                        "timestamp as a map in a map",
                        container,
                        "a2" + CONTAINER_ID + "6163" + CREATED_AT + "a26373656301646e73656302",
                        CREATED),
                arguments("null in its place", container, "82 6163 f6", BARE),
                arguments("undefined in its place", container, "82 6163 f7", BARE),
                arguments("last element missing", container, "81 6163", BARE),
                arguments("element too many", container, "84 6163 f6 01 82 01 02", BARE),
                arguments("unknown fields of each type", container, unknown(), BARE),
                arguments(
                        "map in another order",
                        object,
                        "a2 686f626a6563744964 616f " + CONTAINER_ID + "6163",
                        new ContainerObject("c", "o")),
                arguments("u32 from 64 bits", Codec.U32, "1b0000000000000005", 5L),
                arguments("u64 from 0 bits", Codec.U64, "05", 5L),
                arguments("i64 from unsigned", Codec.I64, "05", 5L),
                arguments("list without a length", Codec.list(Codec.STRING), "9f 6161 6162 ff", List.of("a", "b")),
                arguments("empty list without a length", Codec.list(Codec.STRING), "9fff", List.of()),
                arguments("bytes behind the value", Codec.STRING, "6161ff", "a"));
    }

    private static String unknown() {
        List<String> values = List.of(
                "01",
                "1801",
                "190001",
                "1a00000001",
                "1b0000000000000001",
                "20",
                "4101",
                "5801ff",
                "6161",
                "7a0000000161",
                "8101",
                "9f01ff",
                "a10102",
                "bf0102ff",
                "c001",
                "d82a6161",
                "f4",
                "f5",
                "f6",
                "f7",
                "f820",
                "f90000",
                "fa00000000",
                "fb0000000000000000",
                "5f4101ff",
                "7f6161ff",
                "9fff",
                "5fff",
                "e0");
        StringBuilder bytes = new StringBuilder("b8").append(String.format("%02x", values.size() + 1));
        for (String value : values) {
            bytes.append("6178").append(value);
        }
        return bytes.append(CONTAINER_ID).append("6163").toString();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    <T> void accepted(String what, Codec<T> codec, String bytes, T value) {
        assertThat(codec.decode(hex(bytes), Encoding.CBOR_MAP)).isEqualTo(value);
        assertThat(codec.decode(hex("7f" + bytes), Encoding.CBOR)).isEqualTo(value);
    }

    static Stream<Arguments> refused() {
        Codec<ContainerMetadata> container = ContainerMetadata.CODEC;
        return Stream.of(
                arguments(Codec.U32, "1b0000000100000000", "'u32': number out of range for u32"),
                arguments(Codec.U64, "20", "'u64': number out of range for u64"),
                arguments(Codec.U64, "fa00000000", "'u64': expected u64, found a float"),
                arguments(Codec.I64, "1b8000000000000000", "'i64': number out of range for i64"),
                arguments(Codec.I64, "3b8000000000000000", "'i64': number out of range for i64"),
                arguments(Codec.I32, "1c", "'i32': a length of no known form"),
                arguments(Codec.STRING, "7f6161ff", "'string': expected text, found text without a length"),
                arguments(Codec.STRING, "4161", "'string': expected text, found bytes"),
                arguments(Codec.STRING, "61ff", "'string': expected text, found bytes that are not UTF-8"),
                arguments(Codec.BYTES, "5f4101ff", "'bytes': expected bytes, found bytes without a length"),
                arguments(Codec.BYTES, "8101", "'bytes': expected bytes, found a list"),
                arguments(Codec.BYTES, "6161", "'bytes': expected bytes, found text"),
                arguments(Codec.BOOL, "01", "'boolean': expected a boolean, found an integer"),
                arguments(Codec.BOOL, "f6", "'boolean': expected a boolean, found nil"),
                arguments(Codec.map(Codec.I32), "bfff", "'map of i32': expected a map, found a map without a length"),
                arguments(Codec.list(Codec.I32), "9f01", "'list of i32': the message ends in the middle of a value"),
                arguments(
                        container,
                        "bfff",
                        "'ContainerMetadata': expected a map or a list, found a map without a length"),
                arguments(
                        container,
                        "9fff",
                        "'ContainerMetadata': expected a map or a list, found a list without a length"),
                arguments(container, "80", "'ContainerMetadata': missing field `containerId`"),
                arguments(container, "82 f6 f6", "'ContainerMetadata': field `containerId`: expected text, found nil"),
                arguments(
                        container,
                        "82 6163 01",
                        "'ContainerMetadata': field `createdAt`: the message ends in the middle of a value"),
                arguments(
                        container,
                        "a2" + CONTAINER_ID + "6163" + CONTAINER_ID + "6163",
                        "'ContainerMetadata': duplicate field `containerId`"),
                arguments(container, "a16178 ff", "'ContainerMetadata': a length of no known form"),
                arguments(container, "a16178 1f", "'ContainerMetadata': a length of no known form"),
                arguments(container, "a16178 bf01ff", "'ContainerMetadata': a map whose last key has no value"),
                arguments(
                        container,
                        "a16178 5f6161ff",
                        "'ContainerMetadata': a piece of another type in the middle of a value"),
                arguments(
                        container,
                        "a16178 7f7f6161ffff",
                        "'ContainerMetadata': a piece of another type in the middle of a value"),
                arguments(container, "", "'ContainerMetadata': the message ends in the middle of a value"));
    }

    @ParameterizedTest
    @MethodSource
    void refused(Codec<?> codec, String bytes, String why) {
        assertThatThrownBy(() -> codec.decode(hex(bytes), Encoding.CBOR_MAP))
                .isInstanceOf(RpcException.class)
                .hasMessage("deserialization: " + why);
        assertThatThrownBy(() -> codec.decode(hex("7f" + bytes), Encoding.CBOR))
                .isInstanceOf(RpcException.class)
                .hasMessage("deserialization: " + why);
    }

    @Test
    void thePrefixIsNotOptional() {
        assertThatThrownBy(() -> Codec.STRING.decode(hex("6161"), Encoding.CBOR))
                .hasMessage("deserialization: 'string': the CBOR prefix is not there");
        assertThatThrownBy(() -> Codec.STRING.decode(Bytes.EMPTY, Encoding.CBOR))
                .isInstanceOf(RpcException.class);
    }
}
