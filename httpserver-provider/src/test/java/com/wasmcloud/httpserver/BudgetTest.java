package com.wasmcloud.httpserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.contract.httpserver.HttpResponse;
import com.wasmcloud.contract.httpserver.HttpServerContract;
import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.httpserver.handlers.AccessLog;
import com.wasmcloud.httpserver.vertx.HttpPorts;
import com.wasmcloud.provider.logs.StandardError;
import com.wasmcloud.provider.support.Background;
import com.wasmcloud.provider.support.Budget;
import com.wasmcloud.testkit.host.TestActor;
import com.wasmcloud.testkit.servers.NatsServer;
import com.wasmcloud.testkit.servers.Servers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Bodies that together are more than there is room for. */
@ExtendWith(Servers.class)
class BudgetTest {
    private static HttpServices services(int budget) {
        return new HttpServices(
                new HttpPorts(), new Budget(budget), new AccessLog(StandardError.CHANNEL), new Background("http"));
    }

    private static String post(int size) {
        return post("/", size);
    }

    private static String post(String path, int size) {
        return "POST " + path + " HTTP/1.1\r\nHost: h\r\nContent-Length: " + size + "\r\n\r\n" + "x".repeat(size);
    }

    @Test
    void hasABodyWaitThatThereIsNoRoomForYet(NatsServer nats) {
        try (Site site = Site.open(nats, Map.of("timeout_ms", "60000"), services(100_000))) {
            CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
            site.actorDoes(request -> answer);
            List<RawClient> clients = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                clients.add(site.rawClient().send(post(60_000)));
            }
            site.seen();
            assertThat(site.wasAsked()).isFalse();

            answer.complete(Site.response(200, "done"));

            assertThat(clients).extracting(client -> client.response().body()).containsOnly("done");
        }
    }

    @Test
    void says503ToALargeBodyThatThereIsNoRoomFor(NatsServer nats) {
        try (Site site = Site.open(nats, Map.of("timeout_ms", "60000"), services(1_000_000))) {
            CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
            site.actorDoes(request -> answer);
            RawClient first = site.rawClient().send(post(600_000));
            site.seen();

            RawClient.Response refused = site.rawClient().send(post(600_000)).response();

            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.headers()).containsEntry("retry-after", "1");
            assertThat(refused.body())
                    .isEqualTo(
                            "503 Service Unavailable: The server holds too many large bodies; try again in a moment.\n");
            answer.complete(Site.response(200, "done"));
            assertThat(first.response().body()).isEqualTo("done");
            assertThat(site.rawClient().send(post(600_000)).response().body()).isEqualTo("done");
        }
    }

    @Test
    void hasRoomForALinkBesideOneThatUsesAllItCanGet(NatsServer nats) {
        try (Site site = Site.open(nats, Map.of("timeout_ms", "60000", "path", "/greedy"), services(400_000))) {
            CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
            site.actorDoes(request -> answer);
            TestActor modest = site.host().actor();
            modest.serves(
                    HttpServerContract.INSTANCE,
                    request -> CompletableFuture.completedFuture(Site.response(200, "modest")));
            site.link(modest, Map.of("path", "/modest"));
            List<RawClient> greedy = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                greedy.add(site.rawClient().send(post("/greedy", 60_000)));
                site.seen();
            }

            assertThat(site.rawClient().send(post("/greedy", 60_000)).response().status())
                    .isEqualTo(503);
            assertThat(site.rawClient().send(post("/modest", 60_000)).response().body())
                    .isEqualTo("modest");

            answer.complete(Site.response(200, "done"));
            assertThat(greedy).extracting(client -> client.response().body()).containsOnly("done");
        }
    }

    @Test
    void says503WhenThereIsNoRoomForTheAnswer(NatsServer nats) {
        try (Site site = Site.open(nats, Map.of(), services(100_000))) {
            site.actorAnswers(new HttpResponse(200, Map.of(), Bytes.wrap(new byte[100_001])));
            RawClient client = site.rawClient();
            assertThat(client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
                            .response()
                            .status())
                    .isEqualTo(503);

            site.actorAnswers(new HttpResponse(200, Map.of(), Bytes.wrap(new byte[100_000])));
            assertThat(client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
                            .response()
                            .body())
                    .hasSize(100_000);
            assertThat(client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
                            .response()
                            .body())
                    .hasSize(100_000);
        }
    }

    @Test
    void hasRoomForTheAnswerOfARequestThatOutlivesItsLink(NatsServer nats) {
        try (Site site = Site.open(nats, Map.of("timeout_ms", "60000"), services(4_000_000))) {
            CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
            site.actorDoes(request -> answer);
            RawClient client = site.rawClient().send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            site.seen();
            site.provider().unlink(site.actor());

            answer.complete(new HttpResponse(200, Map.of(), Bytes.wrap(new byte[2_000_000])));

            assertThat(client.response().body()).hasSize(2_000_000);
        }
    }

    @Test
    void getsBackWhatRequestsHeldThatCameToNothing(NatsServer nats) {
        try (Site site =
                Site.open(nats, Map.of("read_timeout_ms", "100", "max_content_len", "70000"), services(300_000))) {
            for (int i = 0; i < 5; i++) {
                assertThat(site.rawClient()
                                .send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 61000\r\n\r\n"
                                        + "x".repeat(60_000))
                                .response()
                                .status())
                        .isEqualTo(408);
                assertThat(site.rawClient()
                                .send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n11171\r\n"
                                        + "x".repeat(70_001))
                                .response()
                                .status())
                        .isEqualTo(413);
            }
        }
    }
}
