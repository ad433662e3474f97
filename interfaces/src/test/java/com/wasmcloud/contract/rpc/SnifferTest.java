package com.wasmcloud.contract.rpc;

import static com.wasmcloud.contract.rpc.Golden.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wasmcloud.contract.blobstore.Blobstore;
import com.wasmcloud.contract.blobstore.BlobstoreContract;
import com.wasmcloud.contract.blobstore.ContainerObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SnifferTest {
    private static final Contract<Blobstore> CONTRACT = BlobstoreContract.INSTANCE;
    private static final Codec<List<String>> STRINGS = Codec.list(Codec.STRING);

    private static Encoding sniff(String operation, Bytes argument, Encoding last) {
        return CONTRACT.encodingOf("Blobstore." + operation, argument, last);
    }

    /** What the last argument was in must not matter where this one says it itself. */
    private static void assertSniffed(String operation, Bytes argument, Encoding expected) {
        for (Encoding last : Encoding.values()) {
            assertThat(sniff(operation, argument, last))
                    .as("%s %s", operation, argument.toHex())
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @EnumSource
    void namesOfEveryLengthAreTold(Encoding encoding) {
        for (int size = 0; size < 300; size++) {
            assertSniffed("GetContainerInfo", Codec.STRING.encode("a".repeat(size), encoding), encoding);
        }
    }

    @ParameterizedTest
    @EnumSource
    void listsOfEveryLengthAreTold(Encoding encoding) {
        List<String> names = new ArrayList<>();
        for (int size = 0; size < 300; size++) {
            assertSniffed("RemoveContainers", STRINGS.encode(names, encoding), encoding);
            names.add("a".repeat(size));
        }
    }

    /** {@code 98 a3} begins both a list of eight whose first text has three bytes and a list of 163. */
    @ParameterizedTest
    @EnumSource
    void longListsOfShortNamesAreTold(Encoding encoding) {
        for (int size = 0; size < 300; size++) {
            List<String> names = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                names.add("a".repeat(1 + i % 3));
            }
            assertSniffed("RemoveContainers", STRINGS.encode(names, encoding), encoding);
        }
    }

    @ParameterizedTest
    @EnumSource
    void recordsAreTold(Encoding encoding) {
        for (String objectId : new String[] {"", "o", "a".repeat(31), "a".repeat(300)}) {
            Bytes argument = ContainerObject.CODEC.encode(new ContainerObject("c", objectId), encoding);
            assertSniffed("ObjectExists", argument, encoding);
            assertSniffed("GetObjectInfo", argument, encoding);
        }
    }

    /** Hosts in Rust name only the object, in MessagePack; a name's first byte may begin a CBOR map. */
    @Test
    void bareNamesOfEveryLengthAreToldFromRecords() {
        for (int size = 0; size < 300; size++) {
            String name = "a".repeat(size);
            // No bytes in it: a text in MessagePack, a map in CBOR; neither can be served.
            if (size > 0) {
                assertSniffed("GetObjectInfo", Codec.STRING.encode(name, Encoding.MSGPACK), Encoding.MSGPACK);
            }
            assertSniffed("GetObjectInfo", Codec.STRING.encode(name, Encoding.CBOR_MAP), Encoding.CBOR_MAP);
        }
    }

    @ParameterizedTest
    @EnumSource
    void noArgumentIsNoHint(Encoding last) {
        assertThat(sniff("ListContainers", Bytes.EMPTY, last)).isEqualTo(last);
        assertThat(sniff("ObjectExists", Bytes.EMPTY, last)).isEqualTo(last);
        assertThat(sniff("ListContainers", hex("c0"), last)).isEqualTo(last);
        assertThat(sniff("ListContainers", hex("7ff6"), last)).isEqualTo(Encoding.CBOR);
    }

    @ParameterizedTest
    @EnumSource
    void anUnknownOperationIsNoHint(Encoding last) {
        assertThat(sniff("Foo", hex("00ff"), last)).isEqualTo(last);
    }

    @ParameterizedTest
    @CsvSource({
        "ObjectExists, a2, CBOR_MAP",
        "ObjectExists, b2, CBOR_MAP",
        "ObjectExists, b802, CBOR_MAP",
        "ObjectExists, 82, MSGPACK",
        "ObjectExists, 92, MSGPACK",
        "ObjectExists, de0002, MSGPACK",
        "ObjectExists, c3, MSGPACK",
        "ContainerExists, c40161, MSGPACK",
        "ContainerExists, d90161, MSGPACK",
        "ContainerExists, 7e01, CBOR_MAP",
        "ContainerExists, 7f, CBOR_MAP",
        "ObjectExists, 7f, MSGPACK",
        "ContainerExists, 7f6161, CBOR"
    })
    void oneByteDecidesTogetherWithTheOperation(String operation, String bytes, Encoding expected) {
        assertSniffed(operation, hex(bytes), expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0001", "2001", "4001", "5f01", "c001"})
    void reservedFirstBytesAreRefused(String bytes) {
        for (String operation : new String[] {"ContainerExists", "ObjectExists", "RemoveContainers", "GetObjectInfo"}) {
            assertThatThrownBy(() -> sniff(operation, hex(bytes), Encoding.MSGPACK))
                    .isInstanceOf(RpcException.class)
                    .hasMessage("deserialization: invalid encoding");
        }
    }

    @Test
    void thePrefixOfMessagePackIsTakenOff() {
        Bytes argument = hex("c1 a163");
        assertSniffed("ContainerExists", argument, Encoding.MSGPACK);
        Blobstore service = CONTRACT.stub((operation, bytes) -> {
            assertThat(bytes.toHex()).isEqualTo("a163");
            return CompletableFuture.completedFuture(hex("c3"));
        });
        assertThat(CONTRACT.invoke(service, "Blobstore.ContainerExists", argument, Encoding.MSGPACK))
                .isCompletedWithValue(hex("c3"));
    }
}
