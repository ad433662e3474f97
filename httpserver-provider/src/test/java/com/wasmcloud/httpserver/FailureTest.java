package com.wasmcloud.httpserver;

import static com.wasmcloud.httpserver.Site.response;
import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.testkit.servers.NatsServer;
import com.wasmcloud.testkit.servers.Servers;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(Servers.class)
class FailureTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";

    @Test
    void says503WhenTheActorDoesNotAnswerInTime(NatsServer nats) {
        try (Site site = Site.open(nats, Map.of("timeout_ms", "100"))) {
            site.actorDoes(request -> new CompletableFuture<>());

            RawClient.Response response = site.rawClient().send(GET).response();

            assertThat(response.status()).isEqualTo(503);
            assertThat(response.body()).isEqualTo("503 Service Unavailable: The application did not answer in time.\n");
            assertThat(response.headers())
                    .containsEntry("content-type", "text/plain; charset=utf-8")
                    .containsOnlyKeys("content-type", "content-length", "date");
        }
    }

    @Test
    void waitsAsLongAsTheLinkAllows(NatsServer nats) {
        try (Site site = Site.open(nats, Map.of("timeout_ms", "20000"))) {
            site.actorDoes(request -> Site.later(site.vertx(), 2_500, "late"));

            assertThat(site.rawClient().send(GET).response().body()).isEqualTo("late");
        }
    }

    @Test
    void says503AtOnceWhenTheActorIsNotRunning(NatsServer nats) {
        try (Site site = Site.open(nats, Map.of("timeout_ms", "3600000"))) {
            site.actor().leaves();

            RawClient.Response response = site.rawClient().send(GET).response();

            assertThat(response.status()).isEqualTo(503);
            assertThat(response.body()).isEqualTo("503 Service Unavailable: The application is not running.\n");
        }
    }

    @Test
    void says500AndNothingOfTheInsideWhenTheActorFails(NatsServer nats) {
        try (Site site = Site.open(nats)) {
            site.actorDoes(request -> CompletableFuture.failedFuture(new IllegalStateException("secret inside")));

            RawClient.Response response = site.rawClient().send(GET).response();

            assertThat(response.status()).isEqualTo(500);
            assertThat(response.body())
                    .isEqualTo("500 Internal Server Error: The application failed to handle the request.\n");
        }
    }

    @Test
    void answersHeadWithoutABodyThere(NatsServer nats) {
        try (Site site = Site.open(nats)) {
            site.actor().leaves();

            RawClient client = site.rawClient().send("HEAD / HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(client.head().status()).isEqualTo(503);

            assertThat(client.send(GET).response().status()).isEqualTo(503);
        }
    }

    @Test
    void says413ToABodyThatIsAnnouncedTooLargeBeforeItIsSent(NatsServer nats) {
        try (Site site = Site.open(nats, Map.of("max_content_len", "10"))) {
            RawClient client = site.rawClient()
                    .send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 11\r\nExpect: 100-continue\r\n\r\n");

            RawClient.Response response = client.response();

            assertThat(response.status()).isEqualTo(413);
            assertThat(response.body())
                    .isEqualTo(
                            "413 Request Entity Too Large: The body is larger than the 10 bytes that are allowed here.\n");
            assertThat(client.rest()).isEmpty();
            assertThat(site.wasAsked()).isFalse();
        }
    }

    @Test
    void says413ToABodyThatTurnsOutTooLarge(NatsServer nats) {
        try (Site site = Site.open(nats, Map.of("max_content_len", "10"))) {
            RawClient client = site.rawClient()
                    .send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n")
                    .send("6\r\n123456\r\n5\r\n12345\r\n5\r\n12345\r\n");

            assertThat(client.response().status()).isEqualTo(413);
            assertThat(client.rest()).isEmpty();
            assertThat(site.wasAsked()).isFalse();
        }
    }

    @Test
    void takesABodyThatIsJustSmallEnough(NatsServer nats) {
        try (Site site = Site.open(nats, Map.of("max_content_len", "10"))) {
            RawClient client = site.rawClient()
                    .send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n")
                    .send("6\r\n123456\r\n4\r\n1234\r\n0\r\n\r\n");

            assertThat(client.response().status()).isEqualTo(200);
            assertThat(site.seen().body().toUtf8()).isEqualTo("1234561234");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost h\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: h\r\nBad Name: v\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 99999999999999999999\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "CONNECT example.com:80 HTTP/1.1\r\nHost: h\r\n\r\n",
                "GET nowhere HTTP/1.1\r\nHost: h\r\n\r\n",
                "\u00ff\u00fe\u0000\u0001\u0002\r\n\r\n"
            })
    void says400ToWhatIsNoRequest(String bytes, NatsServer nats) {
        try (Site site = Site.open(nats)) {
            RawClient.Response response = site.rawClient().send(bytes).response();

            assertThat(response.status()).isEqualTo(400);
            assertThat(response.body()).isEqualTo("400 Bad Request: The request is not valid HTTP.\n");
            assertThat(site.wasAsked()).isFalse();
            assertThat(site.rawClient().send(GET).response().body()).isEqualTo("hello");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\n\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\ngarbage that is no frame of HTTP/2",
                "\u0016\u0003\u0001\u0000\u0005hello"
            })
    void closesConnectionsThatSpeakNoHttp1(String bytes, NatsServer nats) {
        try (Site site = Site.open(nats)) {
            assertThat(site.rawClient().send(bytes).endOfRequest().rest()).doesNotContain("HTTP/1.1 200");

            assertThat(site.wasAsked()).isFalse();
            assertThat(site.rawClient().send(GET).response().body()).isEqualTo("hello");
        }
    }

    @Test
    void saysWhatIsTooLongOfARequest(NatsServer nats) {
        try (Site site = Site.open(nats)) {
            RawClient.Response address = site.rawClient()
                    .send("GET /" + "a".repeat(70_000) + " HTTP/1.1\r\nHost: h\r\n\r\n")
                    .response();
            RawClient.Response headers = site.rawClient()
                    .send("GET / HTTP/1.1\r\nHost: h\r\nX: " + "a".repeat(70_000) + "\r\n\r\n")
                    .response();

            assertThat(address.status()).isEqualTo(414);
            assertThat(address.body()).isEqualTo("414 Request-URI Too Long: The address of the request is too long.\n");
            assertThat(headers.status()).isEqualTo(431);
            assertThat(headers.body())
                    .isEqualTo("431 Request Header Fields Too Large: The headers of the request are too large.\n");
        }
    }

    @Test
    void says405AndWhatIsAllowedWhereOnlyReadingIs(NatsServer nats) {
        try (Site site = Site.open(nats, Map.of("readonly_mode", "true"))) {
            RawClient client = site.rawClient();
            RawClient.Response response = client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n")
                    .response();

            assertThat(response.status()).isEqualTo(405);
            assertThat(response.headers()).containsEntry("allow", "GET, HEAD");
            assertThat(response.body()).isEqualTo("405 Method Not Allowed: Only GET and HEAD are allowed here.\n");
            assertThat(site.wasAsked()).isFalse();
            client.send("HEAD / HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(client.head().status()).isEqualTo(200);
            assertThat(client.send(GET).response().body()).isEqualTo("hello");
        }
    }

    @Test
    void says501ToWebSockets(NatsServer nats) {
        try (Site site = Site.open(nats)) {
            RawClient client = site.rawClient();
            RawClient.Response response = client.send(String.join(
                            "\r\n",
                            "GET / HTTP/1.1",
                            "Host: h",
                            "Connection: Upgrade",
                            "Upgrade: websocket",
                            "Sec-WebSocket-Version: 13",
                            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                            "",
                            ""))
                    .response();

            assertThat(response.status()).isEqualTo(501);
            assertThat(response.body()).startsWith("501 Not Implemented: WebSockets are not served here");
            assertThat(site.wasAsked()).isFalse();
            assertThat(client.send(GET).response().body()).isEqualTo("hello");
        }
    }

    @Test
    void answersAgainWhenTheActorHasRecovered(NatsServer nats) {
        try (Site site = Site.open(nats, Map.of("timeout_ms", "50"))) {
            RawClient client = site.rawClient();
            site.actorDoes(request -> new CompletableFuture<>());
            assertThat(client.send(GET).response().status()).isEqualTo(503);

            site.actorAnswers(response(200, "well again"));

            assertThat(client.send(GET).response().body()).isEqualTo("well again");
        }
    }
}
