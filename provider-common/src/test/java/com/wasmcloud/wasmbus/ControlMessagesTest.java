package com.wasmcloud.wasmbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.Encoding;
import com.wasmcloud.provider.support.Json;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ControlMessagesTest {
    private static final LinkDefinition LINK = new LinkDefinition(
            Golden.ACTOR, Golden.PROVIDER, "default", "wasmcloud:keyvalue", Map.of("URL", "redis://127.0.0.1:6379"));

    @ParameterizedTest
    @ValueSource(strings = {"link-put-otp", "link-put-rust"})
    void readsLinksOfBothHostFamilies(String name) {
        assertThat(LinkDefinition.decode(Golden.message(name))).isEqualTo(LINK);
    }

    @Test
    void writesLinksAsAHostDoes() {
        assertThat(LinkDefinition.CODEC.encode(LINK, Encoding.MSGPACK)).isEqualTo(Golden.message("link-put-rust"));
    }

    @Test
    void readsLinksInJson() {
        assertThat(LinkDefinition.decode(Bytes.utf8(Json.write(LINK.toJson())))).isEqualTo(LINK);
        assertThat(LinkDefinition.decode(Bytes.utf8("{\"actor_id\":\"M\",\"extra\":[1]}"))
                        .values())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"values\":{\"a\":1}}", "{\"actor_id\":5}", "[]", "\u0080"})
    void refusesWhatIsNoLink(String message) {
        assertThatThrownBy(() -> LinkDefinition.decode(Bytes.utf8(message))).isInstanceOf(RuntimeException.class);
    }

    @Test
    void doesNotPrintValues() {
        assertThat(LINK.toString()).contains("URL", Golden.ACTOR).doesNotContain("redis://");
    }

    @Test
    void readsTheRecordedLinkDeletion() {
        LinkDefinition deleted = LinkDefinition.decode(
                Golden.bytes(Golden.recorded("host-messages").get(0), "payload_hex"));
        assertThat(deleted.actorId()).hasSize(56).startsWith("MBBCDEFGH");
        assertThat(deleted.contractId()).isEqualTo("wasmcloud:keyvalue");
    }

    @Test
    void readsTheRecordedShutdownRequest() {
        Bytes request = Golden.bytes(Golden.recorded("host-messages").get(2), "payload_hex");
        assertThat(Json.text(Json.object(request), "host_id")).hasSize(56).startsWith("N");
    }

    @Test
    void answersAboutHealthInTheFormOfTheQuestion() {
        HealthCheckResponse well = new HealthCheckResponse(true, Optional.empty());
        HealthCheckResponse ill = new HealthCheckResponse(false, Optional.of("x"));
        assertThat(well.encodedFor(Bytes.EMPTY).toHex()).isEqualTo("81a76865616c746879c3");
        assertThat(well.encodedFor(Golden.hex("81ab706c616365686f6c646572c3")).toHex())
                .isEqualTo("81a76865616c746879c3");
        assertThat(ill.encodedFor(Bytes.EMPTY).toHex()).isEqualTo("82a76865616c746879c2a76d657373616765a178");
        assertThat(ill.encodedFor(Bytes.utf8("{}")).toUtf8()).isEqualTo("{\"healthy\":false,\"message\":\"x\"}");
        assertThat(well.encodedFor(Bytes.utf8("{}")).toUtf8()).isEqualTo("{\"healthy\":true}");
    }

    @Test
    void aHealthQuestionForAnotherMachineIsNotForUs() {
        assertThat(HealthQuestion.isForUs(Bytes.EMPTY)).isTrue();
        assertThat(HealthQuestion.isForUs(Golden.hex("81ab706c616365686f6c646572c3")))
                .isTrue();
        assertThat(HealthQuestion.isForUs(Bytes.utf8("{}"))).isTrue();
        assertThat(HealthQuestion.isForUs(Bytes.utf8("{broken"))).isTrue();
        assertThat(HealthQuestion.isForUs(HealthQuestion.forThisMachine())).isTrue();
        assertThat(HealthQuestion.isForUs(Bytes.utf8("{\"machine\":\"another one\"}")))
                .isFalse();
    }

    @Test
    void namesSubjectsWithTheLinkNameAsItIs() {
        Subjects subjects = new Subjects("l");
        assertThat(subjects.provider("V", "My.Link")).isEqualTo("wasmbus.rpc.l.V.My.Link");
        assertThat(subjects.linkPut("V", "d")).isEqualTo("wasmbus.rpc.l.V.d.linkdefs.put");
        assertThat(subjects.linkDel("V", "d")).isEqualTo("wasmbus.rpc.l.V.d.linkdefs.del");
        assertThat(subjects.health("V", "d")).isEqualTo("wasmbus.rpc.l.V.d.health");
        assertThat(subjects.shutdown("V", "d")).isEqualTo("wasmbus.rpc.l.V.d.shutdown");
        assertThat(subjects.of(Entity.actor("M"))).isEqualTo("wasmbus.rpc.l.M");
        assertThat(subjects.of(LINK.provider())).isEqualTo("wasmbus.rpc.l." + Golden.PROVIDER + ".default");
        assertThat(subjects.allLinks()).isEqualTo("wasmbus.ctl.l.get.links");
    }
}
