package com.wasmcloud.wasmbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.Encoding;
import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.provider.support.Json;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {
    private static final String ENTITIES_OTP =
            "88a66f726967696e83aa7075626c69635f6b6579a24d41ab636f6e74726163745f6964a0a96c696e6b5f6e616d65a0a674617267"
                    + "657483aa7075626c69635f6b6579a25642ab636f6e74726163745f6964b27761736d636c6f75643a6b657976616c75"
                    + "65a96c696e6b5f6e616d65a764656661756c74";
    private static final String ENTITIES =
            "a66f726967696e83aa7075626c69635f6b6579a24d41a96c696e6b5f6e616d65a0ab636f6e74726163745f6964a0a67461726765"
                    + "7483aa7075626c69635f6b6579a25642a96c696e6b5f6e616d65a764656661756c74ab636f6e74726163745f6964b2"
                    + "7761736d636c6f75643a6b657976616c7565";
    private static final String REST =
            "a96f7065726174696f6eac4b657956616c75652e476574a36d7367c402a16ba26964a169ae656e636f6465645f636c61696d73a1"
                    + "6aa7686f73745f6964a14eae636f6e74656e745f6c656e67746802";

    private static final Invocation SMALL = new Invocation(
            Entity.actor("MA"),
            new Entity("VB", "default", "wasmcloud:keyvalue"),
            "KeyValue.Get",
            Golden.hex("a16b"),
            "i",
            "j",
            "N",
            Optional.of(2L),
            Optional.empty());

    @Test
    void writesAndReadsAnInvocationAsTheReferenceDoes() {
        assertThat(Invocation.CODEC.encode(SMALL, Encoding.MSGPACK).toHex()).isEqualTo("88" + ENTITIES + REST);
        assertThat(invocation("88" + ENTITIES + REST)).isEqualTo(SMALL);
    }

    @Test
    void readsTheKeyOrderOfTheOtherHostFamily() {
        assertThat(invocation(ENTITIES_OTP + REST)).isEqualTo(SMALL);
    }

    @Test
    void readsAnEmptyTraceContext() {
        assertThat(invocation("89" + ENTITIES + REST + "ac7472616365436f6e7465787480")
                        .traceContext())
                .contains(Map.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"invocation-from-actor", "invocation-to-actor"})
    void reproducesWholeExamples(String name) {
        Bytes message = Golden.message(name);
        Invocation call = Invocation.CODEC.decode(message, Encoding.MSGPACK);
        assertThat(Invocation.CODEC.encode(call, Encoding.MSGPACK)).isEqualTo(message);
        assertThat(call.hostId()).isEqualTo(Golden.HOST);
    }

    @Test
    void reproducesRecordedCallsAndAnswers() {
        for (Map<String, @Nullable Object> recording : Golden.recorded("calls")) {
            Bytes request = Golden.bytes(recording, "request_hex");
            if (Json.text(recording, "what").startsWith("link put")) {
                LinkDefinition link = LinkDefinition.decode(request);
                assertThat(LinkDefinition.CODEC.encode(link, Encoding.MSGPACK)).isEqualTo(request);
                continue;
            }
            Invocation call = Invocation.CODEC.decode(request, Encoding.MSGPACK);
            assertThat(Invocation.CODEC.encode(call, Encoding.MSGPACK)).isEqualTo(request);
            Bytes reply = Golden.bytes(recording, "reply_hex");
            InvocationResponse answer = InvocationResponse.CODEC.decode(reply, Encoding.MSGPACK);
            assertThat(InvocationResponse.CODEC.encode(answer, Encoding.MSGPACK))
                    .isEqualTo(reply);
            assertThat(answer.invocationId()).isEqualTo(call.id());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "83a36d7367c40101ad696e766f636174696f6e5f6964a169ae636f6e74656e745f6c656e67746801,01",
        "83a36d7367c400ad696e766f636174696f6e5f6964a169ae636f6e74656e745f6c656e67746800,''"
    })
    void writesAResult(String hex, String result) {
        InvocationResponse response = InvocationResponse.of("i", Golden.hex(result));
        assertThat(InvocationResponse.CODEC.encode(response, Encoding.MSGPACK).toHex())
                .isEqualTo(hex);
    }

    @Test
    void writesAFailureAndAStoredResult() {
        assertThat(InvocationResponse.CODEC
                        .encode(InvocationResponse.failure("i", "boom"), Encoding.MSGPACK)
                        .toHex())
                .isEqualTo(
                        "84a36d7367c400ad696e766f636174696f6e5f6964a169a56572726f72a4626f6f6dae636f6e74656e745f6c656e67"
                                + "746800");
        assertThat(InvocationResponse.CODEC
                        .encode(InvocationResponse.stored("i", 921_601), Encoding.MSGPACK)
                        .toHex())
                .isEqualTo("83a36d7367c400ad696e766f636174696f6e5f6964a169ae636f6e74656e745f6c656e677468ce000e1001");
        assertThat(InvocationResponse.failure("i", "").error()).contains("unknown error");
    }

    @ParameterizedTest
    @ValueSource(strings = {"reply-get", "reply-unit", "reply-error"})
    void writesWholeRepliesAsHostsExpectThem(String name) {
        Bytes message = Golden.message(name);
        InvocationResponse response = InvocationResponse.CODEC.decode(message, Encoding.MSGPACK);
        assertThat(InvocationResponse.CODEC.encode(response, Encoding.MSGPACK)).isEqualTo(message);
    }

    @Test
    void readsAnswersOfTheOtherHostFamilyWithBytesAsText() {
        InvocationResponse response =
                InvocationResponse.CODEC.decode(Golden.message("reply-of-otp-actor"), Encoding.MSGPACK);
        assertThat(response.msg().toHex()).startsWith("83aa737461747573436f6465cd0194");
        assertThat(response.contentLength()).contains(32L);
        assertThat(response.isChunked()).isFalse();
    }

    @Test
    void knowsAChunkedCallByItsAnnouncedLength() {
        assertThat(SMALL.isChunked()).isFalse();
        assertThat(SMALL.with(Bytes.EMPTY).isChunked()).isTrue();
        assertThat(InvocationResponse.stored("i", 1).isChunked()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "80", "c0", "93", "88a66f726967696e", "ff", "7b7d"})
    void saysWhenAnEnvelopeMakesNoSense(String hex) {
        assertThatExceptionOfType(RpcException.class)
                .isThrownBy(() -> invocation(hex))
                .withMessageStartingWith("deserialization: ");
    }

    @ParameterizedTest
    @CsvSource({
        "wasmcloud:keyvalue,default,wasmbus://wasmcloud/keyvalue/default/VX",
        "wasmcloud:builtin:logging,My Link,wasmbus://wasmcloud/builtin/logging/my_link/VX",
        "IFOO:TITLE,I,wasmbus://ifoo/title/i/VX"
    })
    void foldsProviderUrls(String contract, String link, String url) {
        assertThat(new Entity("VX", link, contract).url()).isEqualTo(url);
    }

    @Test
    void namesActorsByKeyAlone() {
        assertThat(Entity.actor("MX").url()).isEqualTo("wasmbus://MX");
        assertThat(new Entity("mX", "l", "c").url()).isEqualTo("wasmbus://mX");
    }

    private static Invocation invocation(String hex) {
        return Invocation.CODEC.decode(Golden.hex(hex), Encoding.MSGPACK);
    }
}
