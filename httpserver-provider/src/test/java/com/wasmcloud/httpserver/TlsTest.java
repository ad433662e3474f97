package com.wasmcloud.httpserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.servers.NatsServer;
import com.wasmcloud.testkit.servers.Servers;
import com.wasmcloud.testkit.servers.TestCertificates;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.X509KeyManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(Servers.class)
class TlsTest {
    @TempDir
    Path folder;

    private TestCertificates certificates;

    @BeforeEach
    void makeCertificates() {
        certificates = TestCertificates.in(folder);
    }

    private Map<String, String> pem() {
        return Map.of(
                "tls.cert_file", certificates.serverCertificate().toString(),
                "tls.priv_key_file", certificates.serverKey().toString());
    }

    private WebClientOptions trusting() {
        return new WebClientOptions()
                .setSsl(true)
                .setTrustOptions(new PemTrustOptions()
                        .addCertPath(certificates.authority().toString()));
    }

    private static HttpResponse<Buffer> get(WebClient client) {
        return Site.await(client.get("/").send());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void speaksBothVersionsOfTls(String version, NatsServer nats) {
        try (Site site = Site.open(nats, pem())) {
            WebClientOptions options = trusting().setEnabledSecureTransportProtocols(Set.of(version));

            assertThat(get(site.client(options)).bodyAsString()).isEqualTo("hello");
        }
    }

    @Test
    void agreesOnHttp2WithThoseWhoSpeakIt(NatsServer nats) {
        try (Site site = Site.open(nats, pem())) {
            HttpResponse<Buffer> response =
                    get(site.client(trusting().setUseAlpn(true).setProtocolVersion(HttpVersion.HTTP_2)));

            assertThat(response.version()).isEqualTo(HttpVersion.HTTP_2);
            assertThat(response.bodyAsString()).isEqualTo("hello");
        }
    }

    @Test
    void takesCertificateAndKeyFromOnePkcs12File(NatsServer nats) throws Exception {
        Path file = pkcs12("change me");
        Map<String, String> values = Map.of("tls.pkcs12_file", file.toString(), "tls.pkcs12_password", "change me");
        try (Site site = Site.open(nats, values)) {
            assertThat(get(site.client(trusting())).bodyAsString()).isEqualTo("hello");
        }
    }

    private Path pkcs12(String password) throws Exception {
        X509KeyManager keys = (X509KeyManager) new PemKeyCertOptions()
                .addCertValue(Buffer.buffer(Files.readAllBytes(certificates.serverCertificate())))
                .addKeyValue(Buffer.buffer(Files.readAllBytes(certificates.serverKey())))
                .getKeyManagerFactory(null)
                .getKeyManagers()[0];
        String alias = keys.getServerAliases("EC", null)[0];
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("server", keys.getPrivateKey(alias), password.toCharArray(), keys.getCertificateChain(alias));
        Path file = folder.resolve("server.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, password.toCharArray());
        }
        return file;
    }

    @Test
    void takesANewCertificateWithoutDroppingConnections(NatsServer nats, @TempDir Path other) throws IOException {
        try (Site site = Site.open(nats, pem())) {
            WebClient before = site.client(trusting().setKeepAlive(true));
            assertThat(get(before).bodyAsString()).isEqualTo("hello");

            TestCertificates renewed = TestCertificates.in(other);
            replace(renewed.serverCertificate(), certificates.serverCertificate());
            replace(renewed.serverKey(), certificates.serverKey());
            replace(renewed.authority(), certificates.authority());

            // only the new authority is trusted by this one
            Await.until("the new certificate is shown", () -> answers(site.client(trusting())));
            // and only the old one by that one: it still has its connection, and would not get another
            assertThat(get(before).bodyAsString()).isEqualTo("hello");
            assertThat(site.provider().health().healthy()).isTrue();
        }
    }

    @Test
    void keepsTheCertificateThatWorksAndSaysSoWhenTheNewOneDoesNot(NatsServer nats, @TempDir Path other)
            throws IOException {
        try (Site site = Site.open(nats, pem())) {
            TestCertificates renewed = TestCertificates.in(other);
            replace(renewed.serverCertificate(), certificates.serverCertificate());

            assertThat(site.provider().awaitUnhealthy())
                    .contains("the TLS files of 127.0.0.1:" + site.port()
                            + " have changed and cannot be used: the private key is not the certificate's;"
                            + " new connections still get the earlier certificate");
            assertThat(get(site.client(trusting())).bodyAsString()).isEqualTo("hello");

            replace(renewed.serverKey(), certificates.serverKey());
            replace(renewed.authority(), certificates.authority());
            site.provider().awaitHealthy();
            Await.until("the new certificate is shown", () -> answers(site.client(trusting())));
        }
    }

    private static void replace(Path from, Path to) throws IOException {
        Path beside = to.resolveSibling("new");
        Files.copy(from, beside, StandardCopyOption.REPLACE_EXISTING);
        Files.move(beside, to, StandardCopyOption.ATOMIC_MOVE);
    }

    private static boolean answers(WebClient client) {
        try {
            return get(client).statusCode() == 200;
        } catch (RuntimeException | AssertionError untrusted) {
            return false;
        } finally {
            client.close();
        }
    }

    @Test
    void waitsForFilesThatCanBeUsed(NatsServer nats) throws IOException, GeneralSecurityException {
        String key = Files.readString(certificates.serverKey());
        Files.writeString(certificates.serverKey(), "not yet");
        try (Site site = Site.unlinked(nats)) {
            site.link(pem());

            Await.until(
                    "the files are reported",
                    () -> site.provider().health().reason().contains("tls.priv_key_file"));
            assertThat(site.provider().health().reason())
                    .contains("cannot listen on 127.0.0.1:" + site.port()
                            + ": tls.cert_file and tls.priv_key_file must hold a certificate and its private key");

            Files.writeString(certificates.serverKey(), key);
            site.provider().awaitHealthy();
            assertThat(get(site.client(trusting())).bodyAsString()).isEqualTo("hello");
        }
    }

    @Test
    void asksClientsForACertificateThatAKnownAuthorityHasSigned(NatsServer nats, @TempDir Path other) {
        Map<String, String> values = new HashMap<>(pem());
        values.put("tls.client_ca_file", certificates.authority().toString());
        try (Site site = Site.open(nats, values)) {
            WebClientOptions known = trusting()
                    .setKeyCertOptions(new PemKeyCertOptions()
                            .addCertPath(certificates.clientCertificate().toString())
                            .addKeyPath(certificates.clientKey().toString()));

            TestCertificates others = TestCertificates.in(other);
            WebClientOptions unknown = trusting()
                    .setKeyCertOptions(new PemKeyCertOptions()
                            .addCertPath(others.clientCertificate().toString())
                            .addKeyPath(others.clientKey().toString()));

            assertThat(get(site.client(known)).bodyAsString()).isEqualTo("hello");
            assertThat(answers(site.client(trusting()))).isFalse();
            assertThat(answers(site.client(unknown))).isFalse();
            assertThat(get(site.client(known)).bodyAsString()).isEqualTo("hello");
        }
    }

    @Test
    void livesThroughClientsThatSpeakNoTls(NatsServer nats) {
        try (Site site = Site.open(nats, pem())) {
            for (String noTls : List.of("GET / HTTP/1.1\r\nHost: h\r\n\r\n", "\u0016\u0003\u0001\u0000\u0005hello")) {
                // closed, perhaps after an alert of TLS, but never answered
                assertThat(site.rawClient().send(noTls).rest()).doesNotContain("HTTP/");
            }
            assertThat(site.wasAsked()).isFalse();

            assertThat(get(site.client(trusting())).bodyAsString()).isEqualTo("hello");
        }
    }
}
