package com.wasmcloud.testkit.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wasmcloud.lattice.KeyPair;
import com.wasmcloud.lattice.KeyRole;
import com.wasmcloud.lattice.LatticeConnection;
import com.wasmcloud.lattice.NatsAccess;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.HostForm;
import com.wasmcloud.testkit.NatsServer;
import com.wasmcloud.testkit.TestActor;
import com.wasmcloud.testkit.TestCertificates;
import com.wasmcloud.testkit.TestHost;
import com.wasmcloud.testkit.TestProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NatsAccessTest {
    private final Echo echo = new Echo();

    @Test
    void logsInWithASeedAlone() {
        KeyPair user = KeyPair.generate(KeyRole.USER);
        try (NatsServer nats = NatsServer.setup().nkey(user.publicKey()).start()) {
            serves(new NatsAccess(nats.url(), "", user.seed(), Optional.empty()), "");
        }
    }

    @Test
    void logsInWithAUserTokenAndItsSeed() {
        KeyPair operator = KeyPair.generate(KeyRole.OPERATOR);
        KeyPair account = KeyPair.generate(KeyRole.ACCOUNT);
        KeyPair user = KeyPair.generate(KeyRole.USER);
        String jetStream =
                "\"limits\":{\"mem_storage\":-1,\"disk_storage\":-1,\"streams\":-1,\"consumer\":-1,\"subs\":-1,"
                        + "\"conn\":-1,\"leaf\":-1,\"imports\":-1,\"exports\":-1,\"data\":-1,\"payload\":-1,\"wildcards\":true},";
        String unlimited = "\"subs\":-1,\"data\":-1,\"payload\":-1,";
        String operatorToken = token(operator, operator.publicKey(), "operator", "");
        String accountToken = token(operator, account.publicKey(), "account", jetStream);
        String userToken = token(account, user.publicKey(), "user", unlimited);
        try (NatsServer nats = NatsServer.setup()
                .line("operator: " + operatorToken)
                .line("resolver: MEMORY")
                .line("resolver_preload: { " + account.publicKey() + ": " + accountToken + " }")
                .start()) {
            serves(new NatsAccess(nats.url(), userToken, user.seed(), Optional.empty()), "");
            NatsAccess forged = new NatsAccess(
                    nats.url(), userToken, KeyPair.generate(KeyRole.USER).seed(), Optional.empty());
            assertThatThrownBy(() -> LatticeConnection.connect(forged, "test"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("refused the credentials in the host data")
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContain(forged.userSeed()));
        }
    }

    @Test
    void trustsTheAuthorityThatTheConfigurationNames(@TempDir Path folder) throws IOException {
        TestCertificates certificates = TestCertificates.in(folder);
        try (NatsServer nats = NatsServer.setup().tls(certificates).start()) {
            NatsAccess access = new NatsAccess(nats.url(), "", "", Optional.of(certificates.authority()));
            serves(access, "{\"provider\":{\"nats_ca_file\":\"" + certificates.authority() + "\"}}");
            assertThatThrownBy(() -> LatticeConnection.connect(NatsAccess.anonymous(nats.url()), "test"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("provider.nats_ca_file");
        }
    }

    private void serves(NatsAccess access, String config) {
        try (TestHost host = TestHost.start(access, TestHost.newLattice(), HostForm.RUST)) {
            TestActor actor = host.actor();
            TestProvider provider = host.provider(Echo.CONTRACT)
                    .config(config)
                    .link(actor, Map.of("v", "x"))
                    .start(echo.provider());
            assertThat(Await.result(actor.calling(provider, Echo.CONTRACT).value()))
                    .isEqualTo("x");
        }
    }

    /** A token in the form that NATS wants, which is not that of invocations. */
    private static String token(KeyPair issuer, String subject, String type, String more) {
        String claims = "{\"jti\":\"x\",\"iat\":1,\"iss\":\"" + issuer.publicKey() + "\",\"name\":\"n\",\"sub\":\""
                + subject + "\",\"nats\":{" + more + "\"type\":\"" + type + "\",\"version\":2}}";
        String signed = base64("{\"typ\":\"JWT\",\"alg\":\"ed25519-nkey\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + base64(claims.getBytes(StandardCharsets.UTF_8));
        return signed + "." + base64(issuer.sign(signed.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
