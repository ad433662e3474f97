package com.wasmcloud.testkit.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisServerTest {
    private final Path folder;

    RedisServerTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void startsAndAnswersCommandsOfTheTest() throws IOException {
        try (RedisServer redis = RedisServer.start()) {
            assertThat(redis.url()).isEqualTo("redis://127.0.0.1:" + redis.port());
            assertThat(redis.command("SET", "key", "größer")).containsExactly("OK");
            assertThat(redis.command("GET", "key")).containsExactly("größer");
            assertThat(redis.command("GET", "other")).isEmpty();
            assertThat(redis.command("RPUSH", "list", "a", "b", "")).containsExactly("3");
            assertThat(redis.command("LRANGE", "list", "0", "-1")).containsExactly("a", "b", "");
            assertThat(overTcp(redis, "GET key")).isEqualTo("$8");
            assertThatThrownBy(() -> redis.command("INCR", "key"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("INCR on the Redis of port %d failed: ERR value is not", redis.port());
        }
    }

    @Test
    void losesNothingOverKillWhenItIsDurable() {
        try (RedisServer redis = RedisServer.setup().durable().start()) {
            int port = redis.port();
            redis.command("SET", "key", "kept");

            redis.kill();
            assertThat(redis.running()).isFalse();
            redis.restart();

            assertThat(redis.port()).isEqualTo(port);
            assertThat(redis.command("GET", "key")).containsExactly("kept");
        }
    }

    @Test
    void forgetsAtKillUnlessItIsDurable() {
        try (RedisServer redis = RedisServer.start()) {
            redis.command("SET", "key", "lost");
            redis.kill();
            redis.restart();

            assertThat(redis.command("GET", "key")).isEmpty();
        }
    }

    @Test
    void asksForAPassword() throws IOException {
        try (RedisServer redis = RedisServer.setup().password("s3cret").start()) {
            assertThat(redis.url()).isEqualTo("redis://:s3cret@127.0.0.1:" + redis.port());
            assertThat(overTcp(redis, "PING")).startsWith("-NOAUTH");
            assertThat(overTcp(redis, "AUTH wrong")).startsWith("-WRONGPASS");
            assertThat(overTcp(redis, "AUTH s3cret")).isEqualTo("+OK");
            assertThat(redis.command("PING")).containsExactly("PONG");
        }
    }

    @Test
    void hasUsersWithRulesOfTheirOwn() throws IOException {
        try (RedisServer redis = RedisServer.setup()
                .user("alice", "pw")
                .user("reader", "pw", "~*", "+get")
                .start()) {
            assertThat(overTcp(redis, "AUTH alice pw")).isEqualTo("+OK");
            assertThat(overTcp(redis, "AUTH reader pw")).isEqualTo("+OK");
            assertThat(overTcp(redis, "AUTH alice other")).startsWith("-WRONGPASS");
            assertThat(redis.command("ACL", "DRYRUN", "reader", "SET", "a", "b").get(0))
                    .contains("no permissions");
        }
    }

    @Test
    void speaksTls() throws IOException, GeneralSecurityException {
        TestCertificates set = TestCertificates.in(folder);
        try (RedisServer redis = RedisServer.setup().tls(set).start();
                Socket socket =
                        TlsClient.context(set, false).getSocketFactory().createSocket("127.0.0.1", redis.port())) {
            assertThat(redis.url()).isEqualTo("rediss://127.0.0.1:" + redis.port());
            assertThat(answer(socket, "PING")).isEqualTo("+PONG");
            assertThat(redis.command("PING")).containsExactly("PONG");
        }
    }

    @Test
    void asksForClientCertificates() throws IOException, GeneralSecurityException {
        TestCertificates set = TestCertificates.in(folder);
        try (RedisServer redis = RedisServer.setup().mutualTls(set).start()) {
            try (Socket socket =
                    TlsClient.context(set, true).getSocketFactory().createSocket("127.0.0.1", redis.port())) {
                assertThat(answer(socket, "PING")).isEqualTo("+PONG");
            }
            assertThatThrownBy(() -> {
                        try (Socket socket = TlsClient.context(set, false)
                                .getSocketFactory()
                                .createSocket("127.0.0.1", redis.port())) {
                            answer(socket, "PING");
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void keepsQuietWhileItIsFrozen() throws IOException {
        try (RedisServer redis = RedisServer.start();
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), redis.port())) {
            redis.freeze();
            socket.setSoTimeout(100);
            assertThatThrownBy(() -> answer(socket, "PING")).isInstanceOf(SocketTimeoutException.class);

            redis.thaw();
            socket.setSoTimeout(10_000);
            assertThat(firstLine(socket)).isEqualTo("+PONG");
        }
    }

    @Test
    void takesLinesOfItsOwnConfiguration() {
        try (RedisServer redis = RedisServer.setup().line("databases 3").start()) {
            assertThat(redis.command("CONFIG", "GET", "databases")).containsExactly("databases", "3");
        }
    }

    @Test
    void quotesTheServerWhenItDoesNotComeUp() {
        RedisSetup broken = RedisServer.setup().line("databases none");

        assertThatThrownBy(broken::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageMatching("(?s)redis-server on port \\d+ did not come up: it ended with code 1; "
                        + "it printed: .*databases none.*");
    }

    private static String overTcp(RedisServer redis, String command) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), redis.port())) {
            return answer(socket, command);
        }
    }

    /** Sends a command in the one-line form and gives the first line of the reply. */
    private static String answer(Socket socket, String command) throws IOException {
        socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
        return firstLine(socket);
    }

    private static String firstLine(Socket socket) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = socket.getInputStream().read(); next != '\r'; ) {
            if (next < 0) {
                throw new IOException("the connection ended");
            }
            line.append((char) next);
            next = socket.getInputStream().read();
        }
        return line.toString();
    }
}
