package com.wasmcloud.httpclient;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.contract.httpclient.HttpRequest;
import com.wasmcloud.contract.httpclient.HttpResponse;
import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.servers.NatsServer;
import com.wasmcloud.testkit.servers.Servers;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Servers.class)
class LinkChangesTest {
    private static final Map<String, String> HASTY = Map.of("request_timeout_ms", "200", "keep_alive_ms", "60000");

    @Test
    void leaveNoConnectionBehind(NatsServer nats) {
        try (RawServer server = RawServer.answering(RawServer.response("200 OK", "kept"));
                RawServer silent = new RawServer((request, connection) -> {});
                Wired wired = Wired.start(nats)) {
            for (int i = 0; i < 20; i++) {
                wired.provider().unlink(wired.actor());
                wired.provider().awaitUnlinked(wired.actor());
                wired.provider().linkAndAwait(wired.actor(), HASTY);
                CompletionStage<HttpResponse> answered = ask(wired, server);
                CompletionStage<HttpResponse> unanswered = ask(wired, silent);
                if (i % 2 == 0) {
                    Await.until(
                            "both are under way or over",
                            () -> isUnderWayOrOver(answered, server) && isUnderWayOrOver(unanswered, silent));
                }
            }
            wired.provider().unlink(wired.actor());
            assertThat(server.connections() + silent.connections()).isPositive();
            Await.until("no connection is left", () -> server.serving() + silent.serving() == 0);
        }
    }

    private static CompletionStage<HttpResponse> ask(Wired wired, RawServer server) {
        return wired.client().request(new HttpRequest("GET", server.url(), Map.of(), Bytes.EMPTY));
    }

    private static boolean isUnderWayOrOver(CompletionStage<HttpResponse> call, RawServer server) {
        return call.toCompletableFuture().isDone() || server.serving() > 0;
    }
}
