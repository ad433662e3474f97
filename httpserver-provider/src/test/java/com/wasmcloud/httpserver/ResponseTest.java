package com.wasmcloud.httpserver;

import static com.wasmcloud.httpserver.Site.response;
import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.contract.httpserver.HttpResponse;
import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.testkit.servers.NatsServer;
import com.wasmcloud.testkit.servers.Servers;
import io.vertx.core.buffer.Buffer;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(Servers.class)
class ResponseTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final String HEAD = "HEAD / HTTP/1.1\r\nHost: h\r\n\r\n";

    private Site site;

    @BeforeEach
    void open(NatsServer nats) {
        site = Site.open(nats);
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void sendsWhatTheActorAnswersAndOnlyWhatHttpNeedsBesides() {
        site.actorAnswers(response(418, Map.of("X-Tea", List.of("green", "black")), "short and stout"));

        RawClient.Response response = site.rawClient().send(GET).response();

        assertThat(response.status()).isEqualTo(418);
        assertThat(response.body()).isEqualTo("short and stout");
        assertThat(response.headers())
                .containsEntry("x-tea", "green|black")
                .containsEntry("content-length", "15")
                .containsOnlyKeys("x-tea", "content-length", "date");
        assertThat(DateTimeFormatter.RFC_1123_DATE_TIME.parse(response.headers().get("date"), ZonedDateTime::from))
                .isBetween(
                        ZonedDateTime.now(ZoneOffset.UTC).minusMinutes(1),
                        ZonedDateTime.now(ZoneOffset.UTC).plusMinutes(1));
    }

    @Test
    void leavesTheDateToTheActorWhenItGivesOne() {
        site.actorAnswers(response(200, Map.of("Date", List.of("Sun, 06 Nov 1994 08:49:37 GMT")), ""));

        assertThat(site.rawClient().send(GET).response().headers())
                .containsEntry("date", "Sun, 06 Nov 1994 08:49:37 GMT");
    }

    @Test
    void keepsItsFramingWhateverTheActorSaysOfIt() {
        site.actorAnswers(response(
                200,
                Map.of(
                        "Content-Length", List.of("3"),
                        "Transfer-Encoding", List.of("chunked"),
                        "Connection", List.of("close"),
                        "Upgrade", List.of("h2c"),
                        "Keep-Alive", List.of("timeout=1"),
                        "Trailer", List.of("x")),
                "hello"));

        RawClient client = site.rawClient();
        RawClient.Response first = client.send(GET).response();

        assertThat(first.headers()).containsEntry("content-length", "5").containsOnlyKeys("content-length", "date");
        assertThat(client.send(GET).response().body()).isEqualTo("hello");
    }

    @Test
    void leavesOutHeadersThatCannotBeSent() {
        site.actorAnswers(response(
                200,
                Map.of(
                        "x-good", List.of("a", "b\r\nSet-Cookie: evil=1", "c"),
                        "x bad", List.of("v"),
                        "x-bad:", List.of("v"),
                        "", List.of("v"),
                        "x-\u00e9", List.of("v"),
                        ":status", List.of("201")),
                ""));

        assertThat(site.rawClient().send(GET).response().headers())
                .containsEntry("x-good", "a|c")
                .containsOnlyKeys("x-good", "content-length", "date");
    }

    @Test
    void sendsHeaderValuesBeyondAsciiAsUtf8() {
        site.actorAnswers(response(200, Map.of("x-name", List.of("caf\u00e9 \u20ac")), ""));

        assertThat(site.rawClient().send(GET).response().headers())
                .containsEntry("x-name", "caf\u00c3\u00a9 \u00e2\u0082\u00ac");
    }

    @Test
    void answersHeadWithTheLengthOfTheBodyButNotTheBody() {
        RawClient client = site.rawClient();

        client.send(HEAD + GET);

        assertThat(client.head().headers()).containsEntry("content-length", "5");
        assertThat(client.response().body()).isEqualTo("hello");
        assertThat(site.seen().method()).isEqualTo("HEAD");
    }

    @Test
    void takesTheLengthFromTheHeaderWhenAnActorAnswersHeadWithoutABody() {
        site.actorAnswers(response(200, Map.of("Content-Length", List.of("1234")), ""));

        assertThat(site.rawClient().send(HEAD).head().headers()).containsEntry("content-length", "1234");
    }

    @Test
    void sendsNoBodyWhereHttpAllowsNone() {
        RawClient client = site.rawClient();

        site.actorAnswers(response(204, "not allowed"));
        client.send(GET);
        assertThat(client.head().headers()).containsOnlyKeys("date");
        site.actorAnswers(response(304, Map.of("ETag", List.of("\"1\"")), ""));
        client.send(GET);
        assertThat(client.head().headers()).containsOnlyKeys("etag", "date");
        site.actorAnswers(response(200, "again"));

        assertThat(client.send(GET).response().body()).isEqualTo("again");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 42, 100, 101, 199, 1000, 65535})
    void refusesAStatusThatNoResponseCanHave(int status) {
        site.actorAnswers(response(status, "x"));

        RawClient.Response response = site.rawClient().send(GET).response();

        assertThat(response.status()).isEqualTo(500);
        assertThat(response.body())
                .isEqualTo("500 Internal Server Error: The application failed to handle the request.\n");
    }

    @Test
    void sendsABodyThatIsTooLargeForAMessageOfTheLattice() {
        byte[] body = new byte[3_000_000];
        new Random(3).nextBytes(body);
        site.actorAnswers(new HttpResponse(200, Map.of(), Bytes.wrap(body)));

        Buffer received = Site.await(site.client().get("/").send()).body();

        assertThat(received.getBytes()).isEqualTo(body);
    }
}
