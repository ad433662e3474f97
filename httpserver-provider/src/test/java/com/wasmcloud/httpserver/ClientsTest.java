package com.wasmcloud.httpserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.contract.httpserver.HttpResponse;
import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.servers.NatsServer;
import com.wasmcloud.testkit.servers.Servers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that are slow, many, or ask for more than they read. */
@ExtendWith(Servers.class)
class ClientsTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";

    @ParameterizedTest
    @ValueSource(strings = {"", "PRI * HTT", "GET / HTTP/1.1\r\nHost: h\r\nX-Slow: "})
    void closesConnectionsWhoseFirstRequestDoesNotCome(String beginning, NatsServer nats) {
        try (Site site = Site.open(nats, Map.of("read_timeout_ms", "200"))) {
            RawClient slow = site.rawClient().send(beginning);

            assertThat(slow.rest()).isEmpty();
            assertThat(site.rawClient().send(GET).response().body()).isEqualTo("hello");
        }
    }

    @Test
    void isNotDeceivedByAClientThatSendsAByteNowAndThen(NatsServer nats) {
        try (Site site = Site.open(nats, Map.of("read_timeout_ms", "300"))) {
            RawClient slow = site.rawClient().send("GET / HTTP/1.1\r\nHost: h\r\nX-Slow: ");
            long timer = site.vertx().setPeriodic(50, tick -> slow.trySend("x"));

            assertThat(slow.rest()).isEmpty();
            site.vertx().cancelTimer(timer);
        }
    }

    @Test
    void closesConnectionsThatNobodyUses(NatsServer nats) {
        try (Site site = Site.open(nats, Map.of("idle_timeout_ms", "200"))) {
            RawClient client = site.rawClient().send(GET);
            assertThat(client.response().body()).isEqualTo("hello");

            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void neverClosesAConnectionWhoseActorIsAtWork(NatsServer nats) {
        Map<String, String> limits = Map.of("idle_timeout_ms", "50", "read_timeout_ms", "50", "timeout_ms", "60000");
        try (Site site = Site.open(nats, limits)) {
            CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
            site.actorDoes(request -> answer);
            RawClient waiting = site.rawClient().send(GET);
            site.seen();

            for (int i = 0; i < 3; i++) {
                assertThat(site.rawClient().rest()).isEmpty(); // a later connection is closed as late
            }
            answer.complete(Site.response(200, "late"));

            assertThat(waiting.response().body()).isEqualTo("late");
        }
    }

    @Test
    void says408ToABodyThatDoesNotCome(NatsServer nats) {
        try (Site site = Site.open(nats, Map.of("read_timeout_ms", "200"))) {
            RawClient client = site.rawClient().send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 100000\r\n\r\nabc");

            RawClient.Response response = client.response();

            assertThat(response.status()).isEqualTo(408);
            assertThat(response.body()).isEqualTo("408 Request Timeout: The body of the request came too slowly.\n");
            assertThat(client.rest()).isEmpty();
            assertThat(site.wasAsked()).isFalse();
        }
    }

    @Test
    void acceptsNoMoreConnectionsThanItMayAndOthersWhenTheseAreGone(NatsServer nats) {
        try (Site site = Site.open(nats, Map.of("max_connections", "2"))) {
            RawClient first = site.rawClient().send(GET);
            assertThat(first.response().body()).isEqualTo("hello");
            RawClient second = site.rawClient().send(GET);
            assertThat(second.response().body()).isEqualTo("hello");

            assertThat(site.rawClient().isServed()).isFalse();
            assertThat(first.send(GET).response().body()).isEqualTo("hello");

            second.close();
            Await.until("there is room", () -> site.rawClient().isServed());
        }
    }

    @Test
    void closesAConnectionWhoseClientDoesNotReadWhatItAskedFor(NatsServer nats) {
        try (Site site = Site.open(nats, Map.of("read_timeout_ms", "300", "max_connections", "1"))) {
            HttpResponse large = new HttpResponse(200, Map.of(), Bytes.wrap(new byte[16 * 1024 * 1024]));
            site.actorDoes(request -> CompletableFuture.completedFuture(
                    request.path().equals("/large") ? large : Site.response(200, "hello")));
            RawClient client = site.rawClient().send(GET.replace("/ ", "/large "));
            site.seen();

            Await.until("its place is free", () -> site.rawClient().isServed());
            assertThat(client.rest().length()).isLessThan(16 * 1024 * 1024);
        }
    }

    @Test
    void takesNoMoreRequestsFromAClientThatDoesNotReadTheAnswers(NatsServer nats) {
        try (Site site = Site.open(nats)) {
            byte[] body = new byte[800 * 1024];
            AtomicInteger pipelined = new AtomicInteger();
            site.actorDoes(request -> {
                pipelined.addAndGet(request.path().equals("/pipelined") ? 1 : 0);
                return CompletableFuture.completedFuture(new HttpResponse(200, Map.of(), Bytes.wrap(body)));
            });
            int requests = 60;
            RawClient slow =
                    site.rawClient().send(GET.replace("/ ", "/pipelined ").repeat(requests));
            RawClient quick = site.rawClient();
            for (int i = 0; i < requests; i++) {
                assertThat(quick.send(GET).response().body()).hasSize(body.length);
            }

            // the systems at both ends hold some MiB of answers, and the rest waits to be asked for
            assertThat(pipelined).hasValueLessThan(requests / 2);
            for (int i = 0; i < requests; i++) {
                assertThat(slow.response().body()).hasSize(body.length);
            }
        }
    }

    @Test
    void says503AndWhenToTryAgainWhenTooManyRequestsAreInFlight(NatsServer nats) {
        try (Site site = Site.open(nats, Map.of("max_requests", "2", "timeout_ms", "20000"))) {
            CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
            site.actorDoes(request -> answer);
            List<RawClient> waiting = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                waiting.add(site.rawClient().send(GET));
                site.seen();
            }

            RawClient.Response refused = site.rawClient().send(GET).response();

            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.headers()).containsEntry("retry-after", "1");
            assertThat(refused.body())
                    .isEqualTo("503 Service Unavailable: The server has too much to do; try again in a moment.\n");
            answer.complete(Site.response(200, "at last"));
            assertThat(waiting).extracting(client -> client.response().body()).containsOnly("at last");
            assertThat(site.rawClient().send(GET).response().body()).isEqualTo("at last");
        }
    }
}
