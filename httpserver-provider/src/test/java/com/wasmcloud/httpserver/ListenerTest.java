package com.wasmcloud.httpserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.contract.httpserver.HttpResponse;
import com.wasmcloud.contract.httpserver.HttpServerContract;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.host.TestActor;
import com.wasmcloud.testkit.servers.NatsServer;
import com.wasmcloud.testkit.servers.Servers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Servers.class)
class ListenerTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";

    @Test
    void keepsALinkWhosePortIsTakenAndBindsWhenItIsFree(NatsServer nats) throws IOException {
        try (Site site = Site.unlinked(nats)) {
            try (ServerSocket occupied = Ports.occupy(site.port())) {
                site.link(Map.of());

                Await.until(
                        "the port is reported",
                        () -> site.provider().health().reason().contains("another program"));
                assertThat(site.provider().health().reason())
                        .isEqualTo("link of actor " + site.actor().key() + ": cannot listen on 127.0.0.1:" + site.port()
                                + ": another program, or another instance of this provider, has the port;"
                                + " stop it or choose another port; trying again");
                assertThat(occupied.isClosed()).isFalse();
            }

            site.provider().awaitHealthy();
            assertThat(site.rawClient().send(GET).response().body()).isEqualTo("hello");
        }
    }

    @Test
    void stopsTryingWhenTheLinkIsGone(NatsServer nats) throws IOException {
        try (Site site = Site.unlinked(nats)) {
            try (ServerSocket occupied = Ports.occupy(site.port())) {
                site.link(Map.of());
                Await.until(
                        "the port is reported",
                        () -> site.provider().health().reason().contains("another program"));
                site.provider().unlink(site.actor());
                site.provider().awaitUnlinked(site.actor());
                assertThat(occupied.isClosed()).isFalse();
            }
            site.link(Map.of());

            site.provider().awaitHealthy();
            assertThat(site.rawClient().send(GET).response().body()).isEqualTo("hello");
        }
    }

    @Test
    void saysWhenAnAddressIsNotOfThisMachine(NatsServer nats) {
        try (Site site = Site.unlinked(nats)) {
            site.link(Map.of("address", "203.0.113.1:" + site.port()));

            Await.until(
                    "the address is reported",
                    () -> site.provider().health().reason().contains("cannot listen"));
            assertThat(site.provider().health().reason())
                    .contains("cannot listen on 203.0.113.1:" + site.port()
                            + ": this machine has no such address; use 0.0.0.0 for all that it has");
        }
    }

    @Test
    void takesNewSettingsWithoutClosingThePortOrItsConnections(NatsServer nats) {
        try (Site site = Site.open(nats)) {
            RawClient client = site.rawClient().send(GET);
            assertThat(client.response().status()).isEqualTo(200);

            site.link(Map.of("max_content_len", "1"));
            Await.until(
                    "the new limit holds",
                    () -> client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nxx")
                                    .response()
                                    .status()
                            == 413);
        }
    }

    @Test
    void answersCallsInFlightWhileSettingsChange(NatsServer nats) {
        try (Site site = Site.open(nats, Map.of("timeout_ms", "60000"))) {
            CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
            site.actorDoes(request -> answer);
            RawClient client = site.rawClient().send(GET);
            site.seen();

            site.link(Map.of("cors.allowed_origins", "https://page.example", "timeout_ms", "60000"));
            RawClient other = site.rawClient();
            String preflight = String.join(
                    "\r\n",
                    "OPTIONS / HTTP/1.1",
                    "Host: h",
                    "Origin: https://other.example",
                    "Access-Control-Request-Method: GET",
                    "",
                    "");
            Await.until(
                    "the new settings hold",
                    () -> other.send(preflight).response().status() == 403);
            answer.complete(Site.response(200, "in flight"));

            assertThat(client.response().body()).isEqualTo("in flight");
            assertThat(site.provider().health().healthy()).isTrue();
        }
    }

    @Test
    void movesToAnotherAddress(NatsServer nats) {
        try (Site site = Site.open(nats)) {
            int other = Ports.free();

            site.link(Map.of("address", "127.0.0.1:" + other));
            site.provider().awaitHealthy();

            Await.until("the old port is closed", () -> !RawClient.accepts(site.port()));
            assertThat(RawClient.connect(other).send(GET).response().body()).isEqualTo("hello");
        }
    }

    @Test
    void closesThePortWhenTheLinkIsGoneAndTheLastRequestIsAnswered(NatsServer nats) {
        try (Site site = Site.open(nats)) {
            CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
            site.actorDoes(request -> answer);
            RawClient idle = site.rawClient();
            RawClient client = site.rawClient().send(GET);
            site.seen();

            site.provider().unlink(site.actor());
            site.provider().awaitUnlinked(site.actor());
            assertThat(idle.send(GET).response().body())
                    .isEqualTo("503 Service Unavailable: No application is linked to this address.\n");
            answer.complete(Site.response(200, "in flight"));

            assertThat(client.response().body()).isEqualTo("in flight");
            assertThat(idle.rest()).isEmpty();
            Await.until("the port is closed", () -> !RawClient.accepts(site.port()));
        }
    }

    @Test
    void listensAgainOnAPortThatItHasJustClosed(NatsServer nats) {
        try (Site site = Site.open(nats)) {
            for (int i = 0; i < 5; i++) {
                site.provider().unlink(site.actor());
                site.provider().awaitUnlinked(site.actor());
                site.link(Map.of());
                site.provider().awaitHealthy();

                assertThat(site.rawClient().send(GET).response().body()).isEqualTo("hello");
            }
        }
    }

    @Test
    void closesThePortAlthoughAClientWentAwayDuringItsCall(NatsServer nats) {
        try (Site site = Site.open(nats)) {
            CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
            site.actorDoes(request -> answer);
            site.rawClient().send(GET).close();
            RawClient uploading = site.rawClient().send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nabc");
            site.seen();
            uploading.close();
            answer.complete(Site.response(200, "for nobody"));

            site.provider().unlink(site.actor());

            Await.until("the port is closed", () -> !RawClient.accepts(site.port()));
        }
    }

    @Test
    void refusesASecondActorOnTheSameAddressAndSaysWhoHasIt(NatsServer nats) {
        try (Site site = Site.open(nats)) {
            TestActor second = site.host().actor();

            site.provider().link(second, Map.of("address", "127.0.0.1:" + site.port()));

            assertThat(site.provider().awaitUnhealthy())
                    .isEqualTo("link of actor " + second.key() + ": any host/ on the address 127.0.0.1:" + site.port()
                            + " is taken by the link of actor " + site.actor().key()
                            + "; give this link another path, another hostname or another address");
            assertThat(site.rawClient().send(GET).response().body()).isEqualTo("hello");
        }
    }

    @Test
    void servesEachActorOnItsOwnAddress(NatsServer nats) {
        try (Site site = Site.open(nats)) {
            TestActor second = site.host().actor();
            second.serves(
                    HttpServerContract.INSTANCE,
                    request -> CompletableFuture.completedFuture(Site.response(200, "second")));
            int port = Ports.free();
            site.provider().linkAndAwait(second, Map.of("address", "127.0.0.1:" + port));
            site.provider().awaitHealthy();

            assertThat(RawClient.connect(port).send(GET).response().body()).isEqualTo("second");
            assertThat(site.rawClient().send(GET).response().body()).isEqualTo("hello");
        }
    }

    @Test
    void refusesALinkWhoseSettingsAreWrongAndSaysAllThatIs(NatsServer nats) {
        try (Site site = Site.unlinked(nats)) {
            site.provider().link(site.actor(), Map.of("address", "localhost:http", "timeout_ms", "soon"));

            assertThat(site.provider().awaitUnhealthy()).contains("'address'", "'timeout_ms'");
            assertThat(site.provider().isLinked(site.actor())).isFalse();
        }
    }

    @Test
    void answersRequestsInFlightWhenTheProviderStops(NatsServer nats) {
        try (Site site = Site.open(nats)) {
            CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
            site.actorDoes(request -> answer);
            RawClient client = site.rawClient().send(GET);
            site.seen();

            CompletableFuture<String> stopped =
                    CompletableFuture.supplyAsync(() -> site.provider().shutdown());
            RawClient idle = site.rawClient();
            Await.until("no more requests are taken", () -> !isTaken(idle));
            answer.complete(Site.response(200, "in flight"));

            assertThat(client.response().body()).isEqualTo("in flight");
            assertThat(Await.result(stopped)).isEqualTo("shutting down");
        }
    }

    @Test
    void tellsClientsWhoseActorDoesNotAnswerInTimeThatTheProviderStops(NatsServer nats) {
        try (Site site = Site.open(nats)) {
            site.actorDoes(request -> new CompletableFuture<>());
            RawClient client = site.rawClient().send(GET);
            site.seen();

            assertThat(site.provider().shutdown()).isEqualTo("shutting down");

            RawClient.Response response = client.response();
            assertThat(response.status()).isEqualTo(503);
            assertThat(response.body()).contains("The server is being stopped");
            assertThat(response.headers()).containsEntry("connection", "close");
        }
    }

    @Test
    void closesItsPortsWhenTheProviderStops(NatsServer nats) {
        try (Site site = Site.open(nats)) {
            assertThat(site.provider().shutdown()).isEqualTo("shutting down");

            Await.until("the port is closed", () -> !RawClient.accepts(site.port()));
        }
    }

    /** Whether a request gets to the link, which refuses this one because it wants a WebSocket. */
    private static boolean isTaken(RawClient client) {
        try {
            return client.send("GET / HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\n\r\n")
                            .response()
                            .status()
                    == 501;
        } catch (UncheckedIOException closed) {
            return false;
        }
    }
}
