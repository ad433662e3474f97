package com.wasmcloud.httpclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wasmcloud.contract.httpclient.HttpResponse;
import com.wasmcloud.testkit.servers.NatsServer;
import com.wasmcloud.testkit.servers.Servers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(Servers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedirectTest {
    private static final Map<String, List<String>> SECRETS = Map.of(
            "Authorization",
            List.of("Bearer t"),
            "Cookie",
            List.of("c=1"),
            "X-Other",
            List.of("o"),
            "Content-Type",
            List.of("a/b"));

    private final NatsServer nats;
    private final Wired wired;
    private final RawServer end = RawServer.answering(RawServer.response("200 OK", "end"));

    RedirectTest(NatsServer nats) {
        this.nats = nats;
        this.wired = Wired.start(nats);
    }

    @AfterAll
    void close() {
        wired.close();
        end.close();
    }

    private static RawServer redirecting(int status, String location) {
        return new RawServer((request, connection) -> RawServer.send(
                connection,
                request.contains(" /begin")
                        ? RawServer.response(status + " Moved\r\nlocation: " + location, "away")
                        : RawServer.response("200 OK", "here")));
    }

    @ParameterizedTest
    @CsvSource({"301,GET,''", "302,GET,''", "303,GET,''", "307,POST,in", "308,POST,in"})
    void followsWithTheMethodThatTheStatusWants(int status, String method, String body) {
        try (RawServer server = redirecting(status, "/next?a")) {
            HttpResponse response = wired.send("POST", server.url() + "/begin", SECRETS, "in");
            assertThat(response.body().toUtf8()).isEqualTo("here");
            assertThat(server.requests().get(1))
                    .startsWith(method + " /next?a ")
                    .contains("authorization: Bearer t", "cookie: c=1")
                    .endsWith("\r\n\r\n" + body);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void anotherServerGetsNoSecrets() {
        try (RawServer server = redirecting(302, end.url())) {
            assertThat(wired.send("GET", server.url() + "/begin", SECRETS, "")
                            .body()
                            .toUtf8())
                    .isEqualTo("end");
            assertThat(end.requests().get(0))
                    .contains("x-other: o")
                    .doesNotContain("Bearer")
                    .doesNotContain("c=1");
        }
    }

    @Test
    void goesAroundInCirclesOnlySoOften() {
        try (Wired other = Wired.start(nats, "max_redirects", "3");
                RawServer server = redirecting(302, "/begin")) {
            assertThatThrownBy(() -> other.get(server.url() + "/begin"))
                    .hasMessage("sending request: " + server.url()
                            + " redirects once more after the 3 redirects of max_redirects");
            assertThat(server.requests()).hasSize(4);
        }
    }

    @ParameterizedTest
    @CsvSource({"ftp://h/", "http://a b/", "file:///etc/passwd"})
    void whatCannotBeFollowedIsForTheActor(String location) {
        try (RawServer server = redirecting(302, location)) {
            HttpResponse response = wired.get(server.url() + "/begin");
            assertThat(response.statusCode()).isEqualTo(302);
            assertThat(response.header()).containsEntry("location", List.of(location));
            assertThat(response.body().toUtf8()).isEqualTo("away");
        }
    }

    @Test
    void leavesRedirectsToAnActorThatWantsThem() {
        try (Wired other = Wired.start(nats, "max_redirects", "0");
                RawServer server = redirecting(302, end.url())) {
            assertThat(other.get(server.url() + "/begin").statusCode()).isEqualTo(302);
        }
    }

    @ParameterizedTest
    @CsvSource({"localhost", "127.0.0.1", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]", "inside.test"})
    void leadsNowhereThatTheLinkMayNotGo(String host) {
        int before = end.connections();
        RawServer server = redirecting(302, "http://" + host + ":" + end.port() + "/");
        try (server;
                Wired other = Wired.start(
                        nats,
                        RebindingTest.lookup(Map.of(
                                "outside.test", "127.0.0.2", "inside.test", "127.0.0.1", "localhost", "127.0.0.1")),
                        "deny_networks",
                        "127.0.0.1,::1")) {
            assertThatThrownBy(() -> other.get("http://127.0.0.2:" + redirectedThrough(server) + "/begin"))
                    .hasMessageContaining("has an address that allow_networks and deny_networks");
            assertThat(end.connections()).isEqualTo(before);
        }
    }

    /** 127.0.0.2 is another address of this machine, on which a server forwards to the one that redirects. */
    private static int redirectedThrough(RawServer server) {
        return Forwarder.to(server.port());
    }
}
