package com.wasmcloud.testkit.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.nats.NatsAccess;
import com.wasmcloud.nats.NatsConnection;
import com.wasmcloud.nkeys.KeyPair;
import com.wasmcloud.nkeys.KeyRole;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.host.HostForm;
import com.wasmcloud.testkit.host.TestActor;
import com.wasmcloud.testkit.host.TestHost;
import com.wasmcloud.testkit.host.TestProvider;
import com.wasmcloud.testkit.servers.NatsAccounts;
import com.wasmcloud.testkit.servers.NatsServer;
import com.wasmcloud.testkit.servers.TestCertificates;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NatsAccessTest {
    private final Echo echo = new Echo();

    @Test
    void logsInWithASeedAlone() {
        KeyPair user = KeyPair.generate(KeyRole.USER);
        try (NatsServer nats = NatsServer.setup().nkey(user.publicKey()).start()) {
            serves(new NatsAccess(nats.url(), "", user.seed(), Optional.empty()), HostForm.OTP, "", "");
        }
    }

    @Test
    void findsLargePayloadsInAJetStreamDomain() {
        try (NatsServer nats = NatsServer.setup().jetStreamDomain("edge").start()) {
            serves(NatsAccess.anonymous(nats.url()), HostForm.OTP, "edge", "");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"RUST", "OTP"})
    void logsInWithAUserTokenAndItsSeed(HostForm form) {
        NatsAccounts accounts = new NatsAccounts();
        try (NatsServer nats = NatsServer.setup().accounts(accounts).start()) {
            NatsAccounts.User user = accounts.user();
            NatsAccess access = new NatsAccess(nats.url(), user.jwt(), user.seed(), Optional.empty());
            serves(access, form, "", "");
            NatsAccess forged = new NatsAccess(
                    nats.url(), access.userJwt(), KeyPair.generate(KeyRole.USER).seed(), Optional.empty());
            assertThatThrownBy(() -> NatsConnection.connect(forged, "test"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("refused the credentials in the host data")
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContain(forged.userSeed()));
        }
    }

    @Test
    void noPasswordOfAUrlIsShownWhenItIsRefused() {
        try (NatsServer nats = NatsServer.setup().user("user", "right").start()) {
            String url = nats.url().replaceFirst("//.*@|//", "//user:geheim@");
            assertThatThrownBy(() -> NatsConnection.connect(NatsAccess.anonymous(url + "," + url), "test"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("refused the credentials in the host data")
                    .hasMessageNotContaining("geheim");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"RUST", "OTP"})
    void trustsTheAuthorityThatTheConfigurationNames(HostForm form, @TempDir Path folder) {
        TestCertificates certificates = TestCertificates.in(folder);
        try (NatsServer nats = NatsServer.setup().tls(certificates).start()) {
            NatsAccess access = new NatsAccess(nats.url(), "", "", Optional.of(certificates.authority()));
            serves(access, form, "", "{\"provider\":{\"nats_ca_file\":\"" + certificates.authority() + "\"}}");
            assertThatThrownBy(() -> NatsConnection.connect(NatsAccess.anonymous(nats.url()), "test"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("provider.nats_ca_file");
        }
    }

    private void serves(NatsAccess access, HostForm form, String jetStreamDomain, String config) {
        try (TestHost host = TestHost.start(access, TestHost.newLattice(), form, jetStreamDomain)) {
            TestActor actor = host.actor();
            TestProvider provider = host.provider(Echo.CONTRACT)
                    .config(config)
                    .link(actor, Map.of("v", "x"))
                    .start(echo.provider());
            Bytes large = Bytes.wrap(new byte[1_000_000]);
            assertThat(Await.result(actor.calling(provider, Echo.CONTRACT).echo(large)))
                    .isEqualTo(large);
        }
    }
}
