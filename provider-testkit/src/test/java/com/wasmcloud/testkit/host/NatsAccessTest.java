package com.wasmcloud.testkit.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wasmcloud.contract.keyvalue.KeyValue;
import com.wasmcloud.contract.keyvalue.KeyValueContract;
import com.wasmcloud.contract.keyvalue.SetRequest;
import com.wasmcloud.nats.NatsAccess;
import com.wasmcloud.nkeys.KeyPair;
import com.wasmcloud.nkeys.KeyRole;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.servers.NatsAccounts;
import com.wasmcloud.testkit.servers.NatsServer;
import com.wasmcloud.testkit.servers.TestCertificates;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Lattices on servers that do not let everybody in. */
class NatsAccessTest {
    private static final String LARGE = "0123456789".repeat(100_000);

    @ParameterizedTest
    @EnumSource(names = {"RUST", "OTP"})
    void worksWithUserTokens(HostForm form) {
        NatsAccounts accounts = new NatsAccounts();
        try (NatsServer nats = NatsServer.setup().accounts(accounts).start()) {
            NatsAccounts.User user = accounts.user();
            assertWorks(new NatsAccess(nats.url(), user.jwt(), user.seed(), Optional.empty()), form, "");

            NatsAccounts.User stranger = new NatsAccounts().user();
            NatsAccess wrong = new NatsAccess(nats.url(), stranger.jwt(), stranger.seed(), Optional.empty());
            assertThatThrownBy(() -> TestHost.start(wrong, "default", form))
                    .hasMessageContaining("refused the credentials");
        }
    }

    @Test
    void worksWithSeedsAlone() {
        KeyPair user = KeyPair.generate(KeyRole.USER);
        try (NatsServer nats = NatsServer.setup().nkey(user.publicKey()).start()) {
            assertWorks(new NatsAccess(nats.url(), "", user.seed(), Optional.empty()), HostForm.OTP, "");
        }
    }

    @Test
    void worksInAJetStreamDomain() {
        try (NatsServer nats = NatsServer.setup().jetStreamDomain("edge").start()) {
            assertWorks(NatsAccess.anonymous(nats.url()), HostForm.OTP, "edge");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"RUST", "OTP"})
    void worksOverTls(HostForm form, @TempDir Path folder) {
        TestCertificates set = TestCertificates.in(folder);
        try (NatsServer nats = NatsServer.setup().tls(set).start();
                TestHost host = TestHost.start(
                        new NatsAccess(nats.url(), "", "", Optional.of(set.authority())), "default", form)) {
            TestActor actor = host.actor();
            TestProvider provider = host.provider(KeyValueContract.INSTANCE)
                    .config("{\"provider.nats_ca_file\":\"%s\"}".formatted(set.authority()))
                    .link(actor, Map.of())
                    .start(InMemoryProvider.PROVIDER);
            assertThat(provider.isLinked(actor)).isTrue();
        }
    }

    private static void assertWorks(NatsAccess access, HostForm form, String jetStreamDomain) {
        try (TestHost host = TestHost.start(access, "default", form, jetStreamDomain)) {
            TestActor actor = host.actor();
            TestProvider provider = host.provider(KeyValueContract.INSTANCE)
                    .link(actor, Map.of())
                    .start(InMemoryProvider.PROVIDER);
            KeyValue keyValue = actor.calling(provider, KeyValueContract.INSTANCE);
            Await.result(keyValue.set(new SetRequest("key", LARGE, 0)));
            assertThat(Await.result(keyValue.get("key")).value()).isEqualTo(LARGE);
        }
    }
}
