package com.wasmcloud.httpclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wasmcloud.provider.support.HostNames;
import com.wasmcloud.testkit.servers.NatsServer;
import com.wasmcloud.testkit.servers.Servers;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Names whose addresses are out of bounds, or change while one looks. */
@ExtendWith(Servers.class)
class RebindingTest {
    private final NatsServer nats;
    private final RawServer server = RawServer.answering(RawServer.response("200 OK", "inside"));

    RebindingTest(NatsServer nats) {
        this.nats = nats;
    }

    @AfterEach
    void close() {
        server.close();
    }

    /** Names with their addresses, separated by spaces. */
    static HostNames.Lookup lookup(Map<String, String> names) {
        return name -> {
            String addresses = names.get(name);
            if (addresses == null) {
                throw new UnknownHostException(name);
            }
            List<InetAddress> found = new ArrayList<>();
            for (String address : addresses.split(" ", -1)) {
                found.add(InetAddress.getByName(address));
            }
            return found.toArray(InetAddress[]::new);
        };
    }

    @Test
    void aNameForAnAddressThatIsOutOfBoundsIsNotConnectedTo() {
        try (Wired wired =
                Wired.start(nats, lookup(Map.of("innocent.test", "127.0.0.1")), "deny_networks", "loopback")) {
            String url = "http://innocent.test:" + server.port();
            assertThatThrownBy(() -> wired.get(url))
                    .hasMessage("sending request: " + url
                            + " has an address that allow_networks and deny_networks of the link do not let it reach");
            assertThat(server.connections()).isZero();
        }
    }

    @Test
    void aNameIsLookedUpOnceAndWhatWasCheckedIsConnectedTo() {
        AtomicInteger lookups = new AtomicInteger();
        HostNames.Lookup changing = name -> new InetAddress[] {
            InetAddress.getByName(lookups.incrementAndGet() == 1 ? "127.0.0.1" : "169.254.169.254")
        };
        try (Wired wired = Wired.start(nats, changing)) {
            assertThat(wired.get("http://changing.test:" + server.port()).body().toUtf8())
                    .isEqualTo("inside");
            assertThat(lookups).hasValue(1);
            assertThat(server.requests().get(0)).containsIgnoringCase("host: changing.test:" + server.port());
            assertThatThrownBy(() -> wired.get("http://changing.test:" + server.port()))
                    .hasMessageContaining("deny_networks");
        }
    }

    @Test
    void onlyTheAddressesInBoundsAreConnectedToAndTheNextIsTriedWhenOneRefuses() {
        Map<String, String> names = Map.of("mixed.test", "127.0.0.3 127.0.0.2 127.0.0.1");
        try (Wired wired = Wired.start(nats, lookup(names), "deny_networks", "127.0.0.3", "max_attempts", "1")) {
            assertThat(wired.send("POST", "http://mixed.test:" + server.port(), Map.of(), "x")
                            .body()
                            .toUtf8())
                    .isEqualTo("inside");
        }
    }

    @Test
    void theHostHeaderIsCheckedToo() {
        try (Wired wired = Wired.start(nats, "allow_hosts", "127.0.0.1")) {
            assertThat(wired.get(server.url()).statusCode()).isEqualTo(200);
            assertThatThrownBy(() -> wired.send("GET", server.url(), Map.of("host", List.of("secret.test")), ""))
                    .hasMessage("sending request: http://secret.test is not in allow_hosts of the link");
        }
    }
}
