package com.wasmcloud.httpclient;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.contract.httpclient.HttpRequest;
import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.Encoding;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.servers.NatsServer;
import com.wasmcloud.testkit.servers.Servers;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(Servers.class)
class TraceTest {
    private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private final NatsServer nats;

    TraceTest(NatsServer nats) {
        this.nats = nats;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void passesTheTraceOfACallOnIfThatIsWanted(boolean wanted) {
        try (RawServer server = RawServer.answering(RawServer.response("200 OK", ""));
                Wired wired = Wired.start(nats, "trace_headers", "" + wanted)) {
            Bytes request = HttpRequest.CODEC.encode(
                    new HttpRequest("GET", server.url(), Map.of(), Bytes.EMPTY), Encoding.MSGPACK);
            Await.result(wired.actor()
                    .invocation(wired.provider(), "HttpClient.Request", request)
                    .traced(Map.of("traceparent", PARENT))
                    .send());
            assertThat(server.requests().get(0).contains("traceparent: " + PARENT))
                    .isEqualTo(wanted);
        }
    }
}
