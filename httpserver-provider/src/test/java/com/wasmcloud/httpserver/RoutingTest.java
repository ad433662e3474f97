package com.wasmcloud.httpserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.contract.httpserver.HttpServerContract;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.host.TestActor;
import com.wasmcloud.testkit.servers.NatsServer;
import com.wasmcloud.testkit.servers.Servers;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Several actors at one address. */
@ExtendWith(Servers.class)
class RoutingTest {
    private Site site;

    @BeforeEach
    void open(NatsServer nats) {
        site = Site.unlinked(nats);
    }

    @AfterEach
    void close() {
        site.close();
    }

    private TestActor linked(String answer, Map<String, String> values) {
        TestActor actor = actor(answer);
        site.link(actor, values);
        return actor;
    }

    private TestActor actor(String answer) {
        TestActor actor = site.host().actor();
        actor.serves(
                HttpServerContract.INSTANCE,
                request -> CompletableFuture.completedFuture(Site.response(200, answer + " " + request.path())));
        return actor;
    }

    private String get(String host, String path) {
        try (RawClient client = site.rawClient()) {
            return client.send("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n")
                    .response()
                    .body();
        }
    }

    @Test
    void tellsActorsApartByPath() {
        linked("root", Map.of());
        linked("api", Map.of("path", "/api"));
        linked("v2", Map.of("path", "/api/v2"));
        site.provider().awaitHealthy();

        assertThat(get("h", "/")).isEqualTo("root /");
        assertThat(get("h", "/apiary")).isEqualTo("root /apiary");
        assertThat(get("h", "/api?x=/api/v2")).isEqualTo("api /api");
        assertThat(get("h", "/api/v2/x")).isEqualTo("v2 /api/v2/x");
    }

    @Test
    void tellsActorsApartByHost() {
        linked("any", Map.of());
        linked("a", Map.of("hostname", "a.example, www.a.example"));
        linked("stars", Map.of("hostname", "*.a.example", "path", "/x"));
        site.provider().awaitHealthy();

        assertThat(get("A.example:" + site.port(), "/1")).isEqualTo("a /1");
        assertThat(get("www.a.example.", "/2")).isEqualTo("a /2");
        assertThat(get("x.a.example", "/x/3")).isEqualTo("stars /x/3");
        assertThat(get("x.a.example", "/4")).isEqualTo("any /4");
        assertThat(get("127.0.0.1", "/5")).isEqualTo("any /5");
    }

    @Test
    void says404WhereNoActorIs() {
        linked("api", Map.of("path", "/api"));
        site.provider().awaitHealthy();

        assertThat(get("h", "/other")).isEqualTo("404 Not Found: There is nothing at this address.\n");
    }

    @Test
    void refusesARouteThatIsTakenAndSaysByWhom() {
        TestActor first = linked("first", Map.of("hostname", "a.example", "path", "/api/"));
        site.provider().awaitHealthy();
        TestActor second = actor("second");

        site.provider()
                .link(
                        second,
                        Map.of(
                                "address",
                                "127.0.0.1:" + site.port(),
                                "hostname",
                                "b.example,A.example",
                                "path",
                                "/api"));

        assertThat(site.provider().awaitUnhealthy())
                .isEqualTo("link of actor " + second.key() + ": a.example/api on the address 127.0.0.1:" + site.port()
                        + " is taken by the link of actor " + first.key()
                        + "; give this link another path, another hostname or another address");
        assertThat(get("a.example", "/api")).isEqualTo("first /api");
    }

    @Test
    void takesARouteThatHasBecomeFree() {
        TestActor first = linked("first", Map.of("path", "/api"));
        linked("other", Map.of("path", "/other"));
        site.provider().unlink(first);
        site.provider().awaitUnlinked(first);

        linked("second", Map.of("path", "/api"));

        site.provider().awaitHealthy();
        assertThat(get("h", "/api")).isEqualTo("second /api");
        assertThat(get("h", "/other")).isEqualTo("other /other");
    }

    @Test
    void movesALinkToAnotherRoute() {
        TestActor actor = linked("it", Map.of("path", "/a"));
        linked("other", Map.of("path", "/c"));
        site.provider().awaitHealthy();

        site.link(actor, Map.of("path", "/b"));

        Await.until("the new route serves", () -> get("h", "/b").equals("it /b"));
        assertThat(get("h", "/a")).startsWith("404 ");
    }

    @Test
    void sharesAPortOnlyAmongLinksThatAgreeOnWhatItIsLike() {
        TestActor first = linked("first", Map.of("path", "/a"));
        site.provider().awaitHealthy();
        TestActor second = actor("second");

        site.provider()
                .link(second, Map.of("address", "127.0.0.1:" + site.port(), "path", "/b", "idle_timeout_ms", "1000"));

        assertThat(site.provider().awaitUnhealthy())
                .contains("the link of actor " + first.key() + " has the address 127.0.0.1:" + site.port()
                        + " with other settings");
        assertThat(get("h", "/a")).isEqualTo("first /a");
    }

    @Test
    void opensThePortAgainWhenItsOnlyLinkWantsItOtherwise() {
        TestActor actor = linked("it", Map.of());
        site.provider().awaitHealthy();

        site.link(actor, Map.of("max_header_bytes", "2048"));

        Await.until(
                "the new limit holds", () -> answers("GET / HTTP/1.1\r\nHost: h\r\nX: " + "x".repeat(3000) + "\r\n\r\n")
                        .startsWith("HTTP/1.1 431"));
        site.provider().awaitHealthy();
        assertThat(get("h", "/x")).isEqualTo("it /x");
    }

    private String answers(String request) {
        try (RawClient client = site.rawClient()) {
            return client.send(request).response().statusLine();
        } catch (java.io.UncheckedIOException closed) {
            return "";
        }
    }
}
