package com.wasmcloud.httpclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wasmcloud.contract.httpclient.HttpRequest;
import com.wasmcloud.contract.httpclient.HttpResponse;
import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.provider.support.HostNames;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.servers.NatsServer;
import com.wasmcloud.testkit.servers.Servers;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Servers.class)
class ProxyTest {
    private final NatsServer nats;

    ProxyTest(NatsServer nats) {
        this.nats = nats;
    }

    @Test
    void asksTheProxyForNamesThatOnlyItKnows() {
        try (RawServer proxy = RawServer.answering(RawServer.response("200 OK", "through"));
                Wired wired = Wired.start(nats, "proxy", proxy.url().replace("http://", "http://us:p%40ss@"))) {
            assertThat(wired.get("http://only.proxy.test/a?b").body().toUtf8()).isEqualTo("through");
            assertThat(proxy.requests().get(0))
                    .startsWith("GET http://only.proxy.test/a?b HTTP/1.1\r\n")
                    .containsIgnoringCase("host: only.proxy.test\r\n")
                    .containsIgnoringCase("proxy-authorization: Basic dXM6cEBzcw==\r\n");
            wired.provider().awaitHealthy();
        }
    }

    @Test
    void makesATunnelForTlsAndSaysWhenTheProxyRefuses() {
        try (RawServer proxy = RawServer.answering(RawServer.response("403 No", ""));
                Wired wired = Wired.start(nats, "proxy", proxy.url())) {
            assertThatThrownBy(() -> wired.get("https://only.proxy.test/secret"))
                    .hasMessageStartingWith(
                            "sending request: cannot connect to https://only.proxy.test: the proxy did not")
                    .hasMessageNotContaining("secret");
            assertThat(proxy.requests().get(0)).startsWith("CONNECT only.proxy.test:443 HTTP/1.1\r\n");
        }
    }

    @Test
    void goesAroundTheProxyWhereThatIsWantedAndChecksAllTheSame() {
        try (RawServer proxy = RawServer.answering(RawServer.response("200 OK", "through"));
                RawServer server = RawServer.answering(RawServer.response("200 OK", "direct"));
                Wired wired = Wired.start(
                        nats,
                        "proxy",
                        proxy.url(),
                        "no_proxy",
                        "127.0.0.1",
                        "deny_hosts",
                        "denied.test",
                        "deny_networks",
                        "127.0.0.2,::1")) {
            assertThat(wired.get(server.url()).body().toUtf8()).isEqualTo("direct");
            assertThatThrownBy(() -> wired.get("http://denied.test")).hasMessageContaining("deny_hosts");
            assertThatThrownBy(() -> wired.get("http://127.0.0.2")).hasMessageContaining("deny_networks");
            assertThat(proxy.requests()).isEmpty();
        }
    }

    @Test
    void healthSaysThatTheProxyIsAway() {
        int port = RawServer.closedPort();
        try (Wired wired = Wired.start(nats, "proxy", "http://u:secret@127.0.0.1:" + port)) {
            awaitHealth(
                    wired, "cannot reach the proxy http://127.0.0.1:" + port + ": Connection refused; trying again");
            assertThatThrownBy(() -> wired.get("http://h/")).hasMessageContaining("Connection refused");
        }
    }

    @Test
    void aProxyWhoseNameServerDoesNotAnswerHoldsUpNoOtherRequest() {
        CountDownLatch nameServer = new CountDownLatch(1);
        HostNames.Lookup slow = name -> {
            await(nameServer);
            return new InetAddress[] {InetAddress.getLoopbackAddress()};
        };
        try (RawServer proxy = RawServer.answering(RawServer.response("200 OK", "through"));
                RawServer server = RawServer.answering(RawServer.response("200 OK", "direct"));
                Wired wired = Wired.start(
                        nats, slow, "proxy", "http://proxy_host.test:" + proxy.port(), "no_proxy", "127.0.0.1")) {
            List<CompletionStage<HttpResponse>> waiting = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                waiting.add(wired.client()
                        .request(new HttpRequest("GET", "http://only.proxy.test", Map.of(), Bytes.EMPTY)));
            }
            assertThat(wired.get(server.url()).body().toUtf8()).isEqualTo("direct");
            assertThat(waiting).noneMatch(call -> call.toCompletableFuture().isDone());

            nameServer.countDown();
            waiting.forEach(
                    call -> assertThat(Await.result(call).body().toUtf8()).isEqualTo("through"));
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aProxyWithoutAnAddressIsSaid() {
        HostNames.Lookup none = name -> {
            throw new UnknownHostException(name);
        };
        try (Wired wired = Wired.start(nats, none, "proxy", "http://u:secret@proxy.test:3128")) {
            awaitHealth(
                    wired,
                    "cannot reach the proxy http://proxy.test:3128: no address is known for that name; trying again");
            assertThatThrownBy(() -> wired.get("http://h/"))
                    .hasMessage("sending request: cannot connect to http://h: the proxy http://proxy.test:3128:"
                            + " no address is known for that name");
        }
    }

    /** Before the first attempt has ended, it says that it is connecting. */
    private static void awaitHealth(Wired wired, String reason) {
        String sentence = "link of actor " + wired.actor().key() + ": " + reason;
        Await.until(
                "health says '" + sentence + "'",
                () -> wired.provider().health().reason().equals(sentence));
    }
}
