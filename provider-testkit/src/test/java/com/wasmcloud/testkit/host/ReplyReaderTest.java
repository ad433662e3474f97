package com.wasmcloud.testkit.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.provider.Health;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.servers.NatsServer;
import com.wasmcloud.testkit.servers.Servers;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(Servers.class)
class ReplyReaderTest {
    private static final Bytes RESULT = Bytes.utf8("abc");

    private final NatsServer nats;

    ReplyReaderTest(NatsServer nats) {
        this.nats = nats;
    }

    @ParameterizedTest
    @EnumSource
    void takesWhatTheReferenceProviderReplies(HostForm form) {
        assertThat(result(form, reply())).isEqualTo(RESULT);

        Map<String, @Nullable Object> failure = reply();
        failure.put("msg", Bytes.EMPTY);
        failure.put("error", "no luck");
        failure.put("content_length", 0);
        assertThatThrownBy(() -> result(form, failure))
                .isInstanceOf(RpcException.class)
                .hasMessage("no luck");
    }

    @Test
    void refusesWhatHostsInRustRefuse() {
        refuses(HostForm.RUST, "content_length", null, "'content_length' is missing");
        refuses(HostForm.RUST, "content_length", 4, "message size mismatch");
        refuses(HostForm.RUST, "invocation_id", "other", "invocation ID mismatch");
        refuses(HostForm.RUST, "msg", List.of(1, 2, 3), "'msg' is missing or no bytes");
    }

    @Test
    void refusesWhatHostsInElixirRefuse() {
        refuses(HostForm.OTP, "content_length", "3", "'content_length' is missing or no whole number");
        refuses(HostForm.OTP, "msg", List.of(1, 2, 3), "'msg' is missing or no bytes");
        byte[] more = Arrays.copyOf(Msgpack.write(reply()).toByteArray(), 60);
        try (TestHost host = TestHost.start(nats, HostForm.OTP)) {
            assertThatThrownBy(() -> ReplyReader.result(host, "1", Bytes.wrap(more)))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("there is something after the value");
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesWhatIsNoMap(HostForm form) {
        try (TestHost host = TestHost.start(nats, form)) {
            for (Bytes reply : List.of(Bytes.EMPTY, Bytes.utf8("\u0007"), Bytes.wrap(new byte[] {(byte) 0x81}))) {
                assertThatThrownBy(() -> ReplyReader.result(host, "1", reply)).isInstanceOf(AssertionError.class);
            }
        }
    }

    @Test
    void readsHealthInTheFormOfTheQuestion() {
        Bytes healthy = Msgpack.write(Map.of("healthy", true));
        assertThat(ReplyReader.health(HostForm.RUST, healthy)).isEqualTo(Health.HEALTHY);
        assertThat(ReplyReader.health(HostForm.HARNESS, Bytes.utf8("{\"healthy\":false,\"message\":\"why\"}")))
                .isEqualTo(Health.unhealthy("why"));

        assertThatThrownBy(() -> ReplyReader.health(HostForm.HARNESS, healthy)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> ReplyReader.health(HostForm.OTP, Msgpack.write(Map.of())))
                .hasMessageContaining("'healthy' is missing");
    }

    private void refuses(HostForm form, String key, @Nullable Object value, String why) {
        Map<String, @Nullable Object> reply = reply();
        if (value == null) {
            reply.remove(key);
        } else {
            reply.put(key, value);
        }
        assertThatThrownBy(() -> result(form, reply))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(form + " family cannot use the reply")
                .hasMessageContaining(why);
    }

    private Bytes result(HostForm form, Map<String, @Nullable Object> reply) {
        try (TestHost host = TestHost.start(nats, form)) {
            return Await.result(ReplyReader.result(host, "1", Msgpack.write(reply)));
        }
    }

    private static Map<String, @Nullable Object> reply() {
        Map<String, @Nullable Object> reply = new LinkedHashMap<>();
        reply.put("msg", RESULT);
        reply.put("invocation_id", "1");
        reply.put("content_length", RESULT.size());
        return reply;
    }
}
