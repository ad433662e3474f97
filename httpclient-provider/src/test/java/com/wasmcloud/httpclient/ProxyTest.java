package com.wasmcloud.httpclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wasmcloud.testkit.servers.NatsServer;
import com.wasmcloud.testkit.servers.Servers;
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
            assertThat(wired.provider().awaitUnhealthy())
                    .isEqualTo("link of actor " + wired.actor().key() + ": cannot reach the proxy http://127.0.0.1:"
                            + port + ": Connection refused; trying again");
            assertThatThrownBy(() -> wired.get("http://h/")).hasMessageContaining("Connection refused");
        }
    }
}
