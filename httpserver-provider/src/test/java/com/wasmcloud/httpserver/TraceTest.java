package com.wasmcloud.httpserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.contract.rpc.Encoding;
import com.wasmcloud.nats.Message;
import com.wasmcloud.nats.NatsConnection;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.servers.NatsServer;
import com.wasmcloud.testkit.servers.Servers;
import com.wasmcloud.wasmbus.Invocation;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(Servers.class)
class TraceTest {
    private static final String PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @Test
    void passesTheTraceContextOfARequestOn(NatsServer nats) throws Exception {
        Message call = callFor("traceparent: " + PARENT + "\r\ntracestate: a=1\r\nTracestate: b=2\r\n", nats);

        assertThat(call.headers()).isEqualTo(Map.of("traceparent", PARENT, "tracestate", "a=1,b=2"));
        assertThat(Invocation.CODEC.decode(call.payload(), Encoding.MSGPACK).traceContext())
                .contains(Map.of("traceparent", PARENT, "tracestate", "a=1,b=2"));
    }

    @Test
    void passesNoneOnWhenTheRequestHasNone(NatsServer nats) throws Exception {
        assertThat(callFor("tracestate: a=1\r\n", nats).headers()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
                "00-4bf92f3577b34da6a3ce929d0e0e47360-0f067aa0ba902b7-01"
            })
    void ignoresATraceContextThatIsNone(String parent, NatsServer nats) throws Exception {
        assertThat(callFor("traceparent: " + parent + "\r\n", nats).headers()).isEmpty();
    }

    @Test
    void takesTheFormOfLaterVersions(NatsServer nats) throws Exception {
        String later = PARENT.replaceFirst("00", "01") + "-more";

        assertThat(callFor("traceparent: " + later + "\r\n", nats).headers()).containsEntry("traceparent", later);
    }

    private static Message callFor(String header, NatsServer nats) throws Exception {
        try (Site site = Site.open(nats)) {
            CompletableFuture<Message> call = new CompletableFuture<>();
            NatsConnection lattice = site.host().connection();
            lattice.subscribe(site.host().subjects().actor(site.actor().key()), call::complete);
            lattice.flush();
            assertThat(site.rawClient()
                            .send("GET / HTTP/1.1\r\nHost: h\r\n" + header + "\r\n")
                            .response()
                            .status())
                    .isEqualTo(200);
            return Await.result(call);
        }
    }
}
