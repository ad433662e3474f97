package com.wasmcloud.httpserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.testkit.servers.NatsServer;
import com.wasmcloud.testkit.servers.Servers;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that a lenient server takes to end elsewhere, or to be for another host, than the proxy before it does. */
@ExtendWith(Servers.class)
class MalformedRequestTest {
    private static final String SMUGGLED = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";

    private Site site;

    @BeforeEach
    void open(NatsServer nats) {
        site = Site.open(nats);
    }

    @AfterEach
    void close() {
        site.close();
    }

    private void isRefused(String request) {
        String answers = site.rawClient().send(request).rest();

        assertThat(answers).matches("(?s)HTTP/1\\.[01] 400 .*").containsOnlyOnce("HTTP/1.");
        assertThat(site.wasAsked()).isFalse();
    }

    static Stream<String> ambiguousLengths() {
        return Stream.of(
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding: identity",
                "Transfer-Encoding: gzip",
                "Transfer-Encoding:",
                "Transfer-Encoding: chunk",
                "Transfer-Encoding: chunked, identity",
                "Transfer-Encoding: chunked, gzip",
                "Transfer-Encoding: chunked, xchunked",
                "Transfer-Encoding: gzip, xchunked",
                "Transfer-Encoding: gzip,\tchunked",
                "Transfer-Encoding: chunked, chunked",
                "Transfer-Encoding: chunked,",
                "Transfer-Encoding: chunked;q=1",
                "Transfer-Encoding: \"chunked\"",
                "Transfer-Encoding: chunked\u000b",
                "Transfer-Encoding: \u000bchunked",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
                "Transfer-Encoding: identity\r\nTransfer-Encoding: x",
                "Transfer-Encoding : chunked",
                "Transfer-Encoding\t: chunked",
                " Transfer-Encoding: chunked",
                "Transfer-Encoding\r\n: chunked",
                "Transfer-Encoding: chunked\r\nContent-Length: 5",
                "Content-Length: 5\r\nTransfer-Encoding: chunked",
                "Content-Length: 5\r\nContent-Length: 6",
                "Content-Length: 5\r\nContent-Length: 5",
                "Content-Length: 5, 6",
                "Content-Length: +5",
                "Content-Length: 5 5",
                "Content-Length: 0x5",
                "Content-Length: 5;",
                "Content-Length : 5",
                "Content-Length:",
                "X: a\rContent-Length: 5",
                "X: a\nContent-Length: 5",
                "X: a\u0000b");
    }

    @ParameterizedTest
    @MethodSource("ambiguousLengths")
    void refusesARequestWhoseEndIsAmbiguous(String headers) {
        isRefused("POST /one HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n\r\n" + SMUGGLED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Content-Length: 0\r\nContent-Length: 40", "Transfer-Encoding: chunked", "Transfer-Encoding: x"})
    void refusesItInHttp10Too(String headers) {
        String answers = site.rawClient()
                .send("POST /one HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\n" + headers + "\r\n\r\n" + SMUGGLED)
                .rest();

        assertThat(answers).matches("(?s)HTTP/1\\.. 400 .*").doesNotContain("hello");
        assertThat(site.wasAsked()).isFalse();
    }

    @Test
    void answersTheRequestsBeforeAMalformedOne() {
        String answers = site.rawClient()
                .send("GET /first HTTP/1.1\r\nHost: a\r\n\r\n")
                .send("POST /one HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n" + SMUGGLED)
                .rest();

        assertThat(answers).matches("(?s)HTTP/1.1 200 OK.*helloHTTP/1.1 400 .*");
        assertThat(site.seen().path()).isEqualTo("/first");
        assertThat(site.wasAsked()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "3 3\r\nabc\r\n",
                " 3\r\nabc\r\n",
                "3x\r\nabc\r\n",
                "0x3\r\nabc\r\n",
                "+3\r\nabc\r\n",
                "-3\r\nabc\r\n",
                "3\u000b\r\nabc\r\n",
                "3\nabc\n",
                "3\r\nabcd\r\n",
                "3\r\nabc\n",
                "\r\n3\r\nabc\r\n",
                "fffffffff\r\nabc\r\n",
                ";x\r\nabc\r\n"
            })
    void refusesChunksWhoseSizeIsMalformed(String chunk) {
        isRefused(
                "POST /one HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk + "0\r\n\r\n" + SMUGGLED);
    }

    @Test
    void takesChunksInWhateverPiecesTheyArrive() {
        RawClient client = site.rawClient();
        String chunked = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: CHUNKED\r\n\r\n";
        String request = chunked + "3;name=value\r\nabc\r\n0000A\r\n0123456789\r\n0\r\nX: y\r\n\r\n";
        for (int i = 0; i < request.length(); i++) {
            client.send(request.substring(i, i + 1));
        }
        assertThat(client.response().status()).isEqualTo(200);
        assertThat(site.seen().body().toUtf8()).isEqualTo("abc0123456789");

        assertThat(client.send(request + request).response().status()).isEqualTo(200);
        assertThat(client.response().status()).isEqualTo(200);
        assertThat(site.seen().body().toUtf8()).isEqualTo("abc0123456789");
        String large = "x".repeat(100_000);
        client.send(chunked + "186a0\r\n" + large + "\r\n186A0\r\n" + large + "\r\n0\r\n\r\n");
        assertThat(client.response().status()).isEqualTo(200);
        site.seen();
        assertThat(site.seen().body().size()).isEqualTo(200_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nHOST: a\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "GET http://a/ HTTP/1.1\r\n\r\n",
                "GET http://a/ HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n",
                "GET http://user@a/ HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET http:///x HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /a#b HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /a\u0001b HTTP/1.1\r\nHost: a\r\n\r\n"
            })
    void refusesATargetThatIsAmbiguous(String request) {
        isRefused(request + SMUGGLED);
    }

    @Test
    void dispatchesByTheHostOfAnAbsoluteTargetAndNotByTheHostHeader() {
        site.link(Map.of("hostname", "target.example"));

        RawClient.Response response = site.rawClient()
                .send("GET HTTP://Target.Example?x=/y HTTP/1.1\r\nHost: other.example\r\n\r\n")
                .response();

        assertThat(response.body()).isEqualTo("hello");
        assertThat(site.seen())
                .returns("/", request -> request.path())
                .returns("x=/y", request -> request.queryString())
                .returns(List.of("Target.Example"), request -> request.header().get("host"));
    }

    @Test
    void answersAQuestionAboutTheServerItself() {
        RawClient client = site.rawClient().send("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n");

        assertThat(client.head().status()).isEqualTo(204);
        assertThat(site.wasAsked()).isFalse();
        assertThat(client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").response().body())
                .isEqualTo("hello");
    }

    @Test
    void saysContinueBeforeAnythingElseToAClientThatAlsoOffersHttp2() {
        RawClient client = site.rawClient().send(upgrade("POST", "Expect: 100-continue\r\nContent-Length: 3\r\n"));

        assertThat(client.head().statusLine()).isEqualTo("HTTP/1.1 100 Continue");
        assertThat(client.send("abc").response().body()).isEqualTo("hello");
        assertThat(site.seen().body().toUtf8()).isEqualTo("abc");
    }

    @Test
    void upgradesToHttp2AndIgnoresAnUpgradeThatIsIncomplete() {
        assertThat(site.rawClient().send(upgrade("GET", "")).head().statusLine())
                .isEqualTo("HTTP/1.1 101 Switching Protocols");
        assertThat(site.rawClient()
                        .send("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n")
                        .response()
                        .body())
                .isEqualTo("hello");
    }

    private static String upgrade(String method, String headers) {
        return method + " / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
                + "HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r\n" + headers + "\r\n";
    }
}
