package com.wasmcloud.httpclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wasmcloud.provider.support.HostNames;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.servers.NatsServer;
import com.wasmcloud.testkit.servers.Servers;
import com.wasmcloud.testkit.servers.TestCertificates;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(Servers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsTest {
    private final NatsServer nats;
    private final Vertx vertx = Vertx.vertx();
    private final TestCertificates certificates;
    private int open;
    private int closed;

    TlsTest(NatsServer nats, @TempDir Path folder) {
        this.nats = nats;
        this.certificates = TestCertificates.in(folder);
    }

    @BeforeAll
    void listen() throws Exception {
        open = port(ClientAuth.NONE);
        closed = port(ClientAuth.REQUIRED);
    }

    @AfterAll
    void close() {
        vertx.close();
    }

    private int port(ClientAuth auth) throws Exception {
        HttpServer server = vertx.createHttpServer(new HttpServerOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setClientAuth(auth)
                .setKeyCertOptions(new PemKeyCertOptions()
                        .addCertPath(certificates.serverCertificate().toString())
                        .addKeyPath(certificates.serverKey().toString()))
                .setTrustOptions(new PemTrustOptions()
                        .addCertPath(certificates.authority().toString())));
        return server.requestHandler(request ->
                        request.body().onSuccess(body -> request.response().end(request.version() + " " + body)))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get()
                .actualPort();
    }

    @ParameterizedTest
    @CsvSource({"true, HTTP_2", "false, HTTP_1_1"})
    void speaksTheNewestHttpThatIsAllowed(String http2, String version) {
        try (Wired wired =
                Wired.start(nats, "tls_ca_file", certificates.authority().toString(), "http2", http2)) {
            for (String host : new String[] {"localhost", "127.0.0.1"}) {
                String url = "https://" + host + ":" + open;
                assertThat(wired.send("POST", url, Map.of(), "in").body().toUtf8())
                        .isEqualTo(version + " in");
            }
            String large = "x".repeat(300_000);
            assertThat(wired.send("PUT", "https://localhost:" + open, Map.of(), large)
                            .body()
                            .toUtf8())
                    .isEqualTo(version + " " + large);
        }
    }

    @Test
    void trustsNobodyElse() {
        try (Wired wired = Wired.start(nats)) {
            assertThatThrownBy(() -> wired.get("https://localhost:" + open))
                    .hasMessageStartingWith(
                            "sending request: cannot connect to https://localhost:" + open + ": TLS failed: ")
                    .hasMessageContaining("certification path");
        }
    }

    @Test
    void aServerWithoutTlsIsNamedAsSuchAndWhatItSendsIsNotShown() throws Exception {
        int plain = vertx.createHttpServer()
                .requestHandler(request -> request.response().end())
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get()
                .actualPort();
        try (Wired wired = Wired.start(nats)) {
            assertThatThrownBy(() -> wired.get("https://127.0.0.1:" + plain))
                    .hasMessage("sending request: cannot connect to https://127.0.0.1:" + plain
                            + ": it does not speak TLS");
        }
    }

    @Test
    void aCertificateForAnotherNameIsRefused() {
        HostNames.Lookup lookup = RebindingTest.lookup(Map.of("other.test", "127.0.0.1"));
        try (Wired wired = Wired.start(
                nats, lookup, "tls_ca_file", certificates.authority().toString())) {
            assertThatThrownBy(() -> wired.get("https://other.test:" + open))
                    .hasMessageContaining(": TLS failed: ")
                    .hasMessageContaining("other.test");
        }
    }

    @Test
    void comparesNamesWithUnderscoresToo() {
        HostNames.Lookup lookup = name -> new InetAddress[] {InetAddress.getLoopbackAddress()};
        try (Wired wired = Wired.start(
                nats, lookup, "tls_ca_file", certificates.authority().toString())) {
            assertThat(wired.get("https://tls_server:" + open).statusCode()).isEqualTo(200);
            assertThat(wired.get("https://my_site.wild.test:" + open).statusCode())
                    .isEqualTo(200);
            for (String other : new String[] {"other_server", "tls_server.test", "a.b_c.wild.test", "_.test"}) {
                assertThatThrownBy(() -> wired.get("https://" + other + ":" + open))
                        .hasMessageContaining("No subject alternative DNS name matching " + other);
            }
        }
        try (Wired wired = Wired.start(nats, lookup)) {
            assertThatThrownBy(() -> wired.get("https://tls_server:" + open))
                    .hasMessageContaining("certification path");
        }
    }

    @Test
    void showsItsCertificateToServersThatAsk() {
        try (Wired wired = Wired.start(
                nats,
                "tls_ca_file",
                certificates.authority().toString(),
                "tls_cert_file",
                certificates.clientCertificate().toString(),
                "tls_key_file",
                certificates.clientKey().toString())) {
            assertThat(wired.get("https://localhost:" + closed).statusCode()).isEqualTo(200);
        }
        try (Wired wired = Wired.start(
                nats, "tls_ca_file", certificates.authority().toString(), "max_attempts", "1", "http2", "false")) {
            assertThatThrownBy(() -> wired.get("https://localhost:" + closed))
                    .hasMessageStartingWith("sending request: ");
        }
    }

    @Test
    void takesNewFilesAndKeepsThoseThatWorkMeanwhile(@TempDir Path mine, @TempDir Path stranger) throws IOException {
        TestCertificates files = TestCertificates.in(mine);
        TestCertificates strange = TestCertificates.in(stranger);
        copy(certificates, files);
        try (Wired wired = Wired.start(
                nats,
                "tls_ca_file",
                files.authority().toString(),
                "tls_cert_file",
                files.clientCertificate().toString(),
                "tls_key_file",
                files.clientKey().toString(),
                "keep_alive_ms",
                "1")) {
            String url = "https://localhost:" + closed;
            replace(strange.clientCertificate(), files.clientCertificate());
            assertThat(wired.provider().awaitUnhealthy())
                    .contains(
                            "the TLS files of the link have changed and cannot be used: tls_cert_file and tls_key_file:"
                                    + " the private key is not the certificate's; new connections still use the earlier ones");
            assertThat(wired.get(url).statusCode()).isEqualTo(200);

            copy(strange, files);
            wired.provider().awaitHealthy();
            Await.until("the other authority is the one that is trusted", () -> !answers(wired, url));

            copy(certificates, files);
            Await.until("the server is trusted again, and trusts us", () -> answers(wired, url));
        }
    }

    private static void copy(TestCertificates from, TestCertificates to) throws IOException {
        replace(from.authority(), to.authority());
        replace(from.clientCertificate(), to.clientCertificate());
        replace(from.clientKey(), to.clientKey());
    }

    private static void replace(Path from, Path to) throws IOException {
        Path beside = to.resolveSibling("new");
        Files.copy(from, beside, StandardCopyOption.REPLACE_EXISTING);
        Files.move(beside, to, StandardCopyOption.ATOMIC_MOVE);
    }

    private static boolean answers(Wired wired, String url) {
        try {
            return wired.get(url).statusCode() == 200;
        } catch (RuntimeException untrusted) {
            return false;
        }
    }
}
