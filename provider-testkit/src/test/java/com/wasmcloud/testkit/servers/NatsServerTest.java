package com.wasmcloud.testkit.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NatsServerTest {
    private static final String ANONYMOUS = "{\"verbose\":false}";

    private final Path folder;

    NatsServerTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void startsWithJetStreamAndLetsEverybodyIn() throws IOException {
        try (NatsServer nats = NatsServer.start();
                NatsClient client = NatsClient.plain(nats.port())) {
            assertThat(nats.url()).isEqualTo("nats://127.0.0.1:" + nats.port());
            assertThat(client.info()).contains("\"jetstream\":true");
            assertThat(client.connect(ANONYMOUS)).isEqualTo("PONG");
        }
    }

    @Test
    void comesBackOnTheSamePortAfterKill() throws IOException {
        try (NatsServer nats = NatsServer.start()) {
            int port = nats.port();

            nats.kill();

            assertThat(nats.running()).isFalse();
            assertThatThrownBy(() -> NatsClient.plain(port)).isInstanceOf(ConnectException.class);

            nats.restart();

            assertThat(nats.port()).isEqualTo(port);
            try (NatsClient client = NatsClient.plain(port)) {
                assertThat(client.connect(ANONYMOUS)).isEqualTo("PONG");
            }
        }
    }

    @Test
    void comesBackAfterAnOrderlyStop() throws IOException {
        try (NatsServer nats = NatsServer.start()) {
            nats.stop();
            assertThat(nats.running()).isFalse();
            assertThat(nats.log()).containsIgnoringCase("exiting");

            nats.restart();
            try (NatsClient client = NatsClient.plain(nats.port())) {
                assertThat(client.connect(ANONYMOUS)).isEqualTo("PONG");
            }
        }
    }

    @Test
    void refusesToStartTwice() {
        try (NatsServer nats = NatsServer.start()) {
            assertThatThrownBy(nats::restart)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("nats-server on port %d is still running", nats.port());
        }
    }

    @Test
    void leavesNothingBehindWhenItIsClosed() throws IOException {
        NatsServer nats = NatsServer.start();
        Path directory = nats.process().directory();
        assertThat(directory).isDirectory();

        nats.close();
        nats.close();

        assertThat(nats.running()).isFalse();
        assertThat(directory).doesNotExist();
    }

    @Test
    void asksForNameAndPassword() throws IOException {
        try (NatsServer nats = NatsServer.setup()
                .user("alice", "a secret")
                .user("bob", "other")
                .start()) {
            assertThat(answer(nats, ANONYMOUS)).contains("Authorization Violation");
            assertThat(answer(nats, "{\"user\":\"alice\",\"pass\":\"wrong\"}")).contains("Authorization Violation");
            assertThat(answer(nats, "{\"verbose\":false,\"user\":\"alice\",\"pass\":\"a secret\"}"))
                    .isEqualTo("PONG");
        }
    }

    @Test
    void challengesTheOwnersOfNkeys() throws IOException {
        try (NatsServer nats = NatsServer.setup()
                        .nkey("UDXU4RCSJNZOIQHZNWXHXORDPRTGNJAHAHFRGZNEEJCPQTT2M7NLCNF4")
                        .start();
                NatsClient client = NatsClient.plain(nats.port())) {
            assertThat(client.info()).contains("\"auth_required\":true").contains("\"nonce\":");
            assertThat(client.connect(ANONYMOUS)).contains("Authorization Violation");
        }
    }

    @Test
    void speaksTls() throws IOException, GeneralSecurityException {
        TestCertificates set = TestCertificates.in(folder);
        try (NatsServer nats = NatsServer.setup().tls(set).start();
                NatsClient client = NatsClient.secure(nats.port(), TlsClient.context(set, false))) {
            assertThat(nats.url()).startsWith("tls://127.0.0.1:");
            assertThat(client.info()).contains("\"tls_required\":true");
            assertThat(client.connect(ANONYMOUS)).isEqualTo("PONG");
        }
    }

    @Test
    void asksForClientCertificates() throws IOException, GeneralSecurityException {
        TestCertificates set = TestCertificates.in(folder);
        TestCertificates other = TestCertificates.in(Files.createDirectory(folder.resolve("other")));
        try (NatsServer nats = NatsServer.setup().mutualTls(set).start()) {
            try (NatsClient client = NatsClient.secure(nats.port(), TlsClient.context(set, true))) {
                assertThat(client.connect(ANONYMOUS)).isEqualTo("PONG");
            }
            assertThatThrownBy(() -> {
                        try (NatsClient client = NatsClient.secure(nats.port(), TlsClient.context(set, false))) {
                            client.connect(ANONYMOUS);
                        }
                    })
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> NatsClient.secure(nats.port(), TlsClient.context(other, true)))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void hasAJetStreamDomainOrNoJetStream() throws IOException {
        try (NatsServer nats = NatsServer.setup().jetStreamDomain("edge").start();
                NatsClient client = NatsClient.plain(nats.port())) {
            assertThat(client.info()).contains("\"domain\":\"edge\"");
        }
        try (NatsServer nats = NatsServer.setup().withoutJetStream().start();
                NatsClient client = NatsClient.plain(nats.port())) {
            assertThat(client.info()).doesNotContain("\"jetstream\":true");
        }
    }

    @Test
    void takesLinesOfItsOwnConfiguration() throws IOException {
        try (NatsServer nats = NatsServer.setup().line("max_payload: 4096").start();
                NatsClient client = NatsClient.plain(nats.port())) {
            assertThat(client.info()).contains("\"max_payload\":4096");
        }
    }

    @Test
    void quotesTheServerWhenItDoesNotComeUp() {
        NatsSetup broken = NatsServer.setup().line("max_payload: many");

        assertThatThrownBy(broken::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageMatching("(?s)nats-server on port \\d+ did not come up: it ended with code 1; "
                        + "it printed: .*nats.conf:.*");
    }

    private static String answer(NatsServer nats, String options) throws IOException {
        try (NatsClient client = NatsClient.plain(nats.port())) {
            return client.connect(options);
        }
    }
}
