package com.wasmcloud.httpserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wasmcloud.contract.httpserver.HttpRequest;
import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.testkit.servers.NatsServer;
import com.wasmcloud.testkit.servers.Servers;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.StreamResetException;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClientOptions;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Servers.class)
class RequestTest {
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
    void handsARequestToTheActorAndItsAnswerToTheClient() {
        HttpResponse<Buffer> response = Site.await(site.client().get("/a?b=c").send());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.bodyAsString()).isEqualTo("hello");
        assertThat(site.seen())
                .isEqualTo(new HttpRequest(
                        "GET", "/a", "b=c", Map.of("host", List.of("127.0.0.1:" + site.port())), Bytes.EMPTY));
    }

    @Test
    void givesTheActorTheHeadersThatTheClientSentAndNoOthers() {
        site.rawClient()
                .send("GET / HTTP/1.1\r\nHost: h\r\nACCEPT: */*\r\nX-Twice: 1\r\nX-Other: o\r\nx-twice: 2, 3\r\n\r\n")
                .response();

        assertThat(site.seen().header())
                .isEqualTo(Map.of(
                        "host", List.of("h"),
                        "accept", List.of("*/*"),
                        "x-twice", List.of("1", "2, 3"),
                        "x-other", List.of("o")));
    }

    @Test
    void leavesOutHeaderValuesThatAreNotVisibleAscii() {
        site.rawClient()
                .send("GET / HTTP/1.1\r\nHost: h\r\nX-Some: a\r\nX-Some: caf\u00e9\r\nX-None: \u00e9\r\n\r\n")
                .response();

        assertThat(site.seen().header()).isEqualTo(Map.of("host", List.of("h"), "x-some", List.of("a")));
    }

    @Test
    void leavesPathAndQueryAsTheClientWroteThem() {
        site.rawClient()
                .send("GET /a%2Fb/../%zz;c//d?x=%20+&x?y HTTP/1.1\r\nHost: h\r\n\r\n")
                .response();

        HttpRequest seen = site.seen();
        assertThat(seen.path()).isEqualTo("/a%2Fb/../%zz;c//d");
        assertThat(seen.queryString()).isEqualTo("x=%20+&x?y");
    }

    @Test
    void takesThePathOutOfAnAbsoluteAddress() {
        site.rawClient()
                .send("GET http://example.com/a/b?c HTTP/1.1\r\nHost: example.com\r\n\r\n")
                .response();

        HttpRequest seen = site.seen();
        assertThat(seen.path()).isEqualTo("/a/b");
        assertThat(seen.queryString()).isEqualTo("c");
    }

    @Test
    void writesMethodsInUpperCaseWhateverTheyAre() {
        site.rawClient().send("purge / HTTP/1.1\r\nHost: h\r\n\r\n").response();

        assertThat(site.seen().method()).isEqualTo("PURGE");
    }

    @Test
    void passesBodiesOn() {
        byte[] body = new byte[700];
        new Random(1).nextBytes(body);

        Site.await(site.client().put("/").sendBuffer(Buffer.buffer(body)));

        assertThat(site.seen().body()).isEqualTo(Bytes.wrap(body));
    }

    @Test
    void passesOnABodyThatComesInChunks() {
        site.rawClient()
                .send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n")
                .send("3\r\nabc\r\n")
                .send("2\r\nde\r\n0\r\n\r\n")
                .response();

        HttpRequest seen = site.seen();
        assertThat(seen.body()).isEqualTo(Bytes.utf8("abcde"));
        assertThat(seen.header()).containsEntry("transfer-encoding", List.of("chunked"));
    }

    @Test
    void passesOnAnEmptyBody() {
        site.rawClient()
                .send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n")
                .response();

        assertThat(site.seen().body()).isEqualTo(Bytes.EMPTY);
    }

    @Test
    void passesOnABodyThatIsTooLargeForAMessageOfTheLattice() {
        byte[] body = new byte[3_000_000];
        new Random(2).nextBytes(body);

        HttpResponse<Buffer> response = Site.await(site.client().post("/").sendBuffer(Buffer.buffer(body)));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(site.seen().body()).isEqualTo(Bytes.wrap(body));
    }

    @Test
    void tellsAClientThatWaitsForItToGoOn() {
        RawClient client = site.rawClient()
                .send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");

        assertThat(client.response().statusLine()).isEqualTo("HTTP/1.1 100 Continue");
        assertThat(client.send("abc").response().status()).isEqualTo(200);
        assertThat(site.seen().body()).isEqualTo(Bytes.utf8("abc"));
    }

    @Test
    void answersPipelinedRequestsInTheirOrder() {
        site.actorDoes(request -> Site.later(site.vertx(), request.path().equals("/1") ? 50 : 1, request.path()));

        RawClient client = site.rawClient()
                .send("GET /1 HTTP/1.1\r\nHost: h\r\n\r\n")
                .send("GET /2 HTTP/1.1\r\nHost: h\r\n\r\n")
                .send("POST /3 HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\nx")
                .send("GET /4 HTTP/1.1\r\nHost: h\r\n\r\n");

        assertThat(List.of(client.response(), client.response(), client.response(), client.response()))
                .extracting(RawClient.Response::body)
                .containsExactly("/1", "/2", "/3", "/4");
    }

    @Test
    void keepsConnectionsOpenUnlessTheClientWantsThemClosed() {
        RawClient client = site.rawClient().send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
        assertThat(client.response().status()).isEqualTo(200);

        client.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");

        assertThat(client.rest()).startsWith("HTTP/1.1 200 OK\r\n").contains("connection: close");
    }

    @Test
    void answersHttp10() {
        assertThat(site.rawClient().send("GET / HTTP/1.0\r\n\r\n").rest())
                .startsWith("HTTP/1.0 200 OK\r\n")
                .endsWith("\r\n\r\nhello");
    }

    @Test
    void speaksHttp2WithThoseWhoKnowThatItDoes() {
        WebClientOptions http2 =
                new WebClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false);

        HttpResponse<Buffer> response = Site.await(site.client(http2)
                .request(HttpMethod.POST, "/a?b")
                .putHeader("X-Some", "s")
                .sendBuffer(Buffer.buffer("body")));

        assertThat(response.version()).isEqualTo(HttpVersion.HTTP_2);
        assertThat(response.bodyAsString()).isEqualTo("hello");
        assertThat(site.seen())
                .isEqualTo(new HttpRequest(
                        "POST",
                        "/a",
                        "b",
                        Map.of(
                                "host", List.of("127.0.0.1:" + site.port()),
                                "content-length", List.of("4"),
                                "x-some", List.of("s")),
                        Bytes.utf8("body")));
    }

    @Test
    void refusesAnHttp2RequestWhoseHostContradictsItsAuthority() {
        HttpClientAgent http2 = site.vertx()
                .createHttpClient(new HttpClientOptions()
                        .setProtocolVersion(HttpVersion.HTTP_2)
                        .setHttp2ClearTextUpgrade(false));

        assertThatThrownBy(() -> Site.await(send(http2, "other.example"))).isInstanceOf(StreamResetException.class);
        assertThat(site.wasAsked()).isFalse();
        assertThat(Site.await(send(http2, "target.example"))).isEqualTo(200);
    }

    private Future<Integer> send(HttpClientAgent client, String host) {
        return client.request(new RequestOptions()
                        .setServer(SocketAddress.inetSocketAddress(site.port(), "127.0.0.1"))
                        .setHost("target.example")
                        .setPort(80))
                .compose(request -> request.putHeader("host", host).send())
                .map(HttpClientResponse::statusCode);
    }
}
