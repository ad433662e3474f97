package com.wasmcloud.nats;

import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.Options;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerNamesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "nats://nats_server:4222",
                "tls://user:pa_ss@my_nats:4222",
                "nats://nats_server",
                "nats://plain:4222,nats://nats_server:4222",
                "nats://[::1]:4222",
                "nats://user_name@host:4222",
            })
    void makesNamesOfAnyKindReadableForTheClient(String urls) {
        String[] servers = ServerNames.of(urls);
        assertThat(new Options.Builder().servers(servers).build().getServers())
                .allSatisfy(server -> assertThat(server.getHost()).isNotNull());
        assertThat(ServerNames.readable(String.join(",", servers))).isEqualTo(urls);
    }

    @Test
    void looksUpTheNameThatWasGiven() {
        String disguised = URI.create(ServerNames.of("nats://no_such_host.invalid:4222")[0])
                .getHost();
        assertThat(disguised).doesNotContain("_");
        assertThat(ServerNames.readable("cannot reach " + disguised)).isEqualTo("cannot reach no_such_host.invalid");
    }

    @Test
    void aServerWithoutASchemeIsLikeTheOneBeforeIt() {
        assertThat(ServerNames.of("tls://a:1, b:2")).containsExactly("tls://a:1", "tls://b:2");
        assertThat(ServerNames.of("a:1")).containsExactly("nats://a:1");
    }

    @Test
    void showsNoCredentialsOfAServerThatFails() {
        String disguised = ServerNames.of("nats://user:geheim@nats_server:4222")[0];
        assertThat(ServerNames.shown(new IllegalStateException("cannot reach " + disguised)))
                .contains("nats_server:4222")
                .doesNotContain("geheim");
    }
}
