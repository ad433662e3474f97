package com.wasmcloud.keyvalue.redis;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.contract.keyvalue.SetRequest;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.servers.RedisServer;
import com.wasmcloud.testkit.servers.Servers;
import com.wasmcloud.testkit.servers.TestCertificates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(Servers.class)
class AccessTest {
    private final Links links = new Links();
    private final String key = UUID.randomUUID().toString();

    @AfterEach
    void close() {
        links.close();
    }

    @Test
    void logsInWithAPassword() {
        try (RedisServer redis = RedisServer.setup().password("s3cret").start()) {
            String url = "redis://127.0.0.1:" + redis.port();

            assertThatItStores(redis, redis.url());
            assertThatItStores(redis, url, "password", "s3cret");

            RedisKeyValue without = links.open(url);
            Links.awaitHealth(without, "NOAUTH");
            assertThat(Links.failure(without.get(key))).startsWith("redis error: cannot reach 127.0.0.1:");
        }
    }

    @Test
    void logsInAsAUserWhoMayDoLittle() {
        try (RedisServer redis = RedisServer.setup()
                .user("actor", "p@ss/word", "~app:*", "+get", "+set")
                .start()) {
            RedisKeyValue keyValue =
                    links.connect("redis://actor:p%40ss%2Fword@127.0.0.1:" + redis.port(), "key_prefix", "app:");

            Await.result(keyValue.set(new SetRequest(key, "value", 0)));

            assertThat(redis.command("GET", "app:" + key)).containsExactly("value");
            assertThat(Links.failure(keyValue.del(key))).startsWith("redis error: NOPERM");
            // not even a ping, and still well
            assertThat(keyValue.health().healthy()).isTrue();
        }
    }

    @Test
    void aWrongPasswordIsSaidAndNotShown() {
        try (RedisServer redis = RedisServer.setup().password("s3cret").start()) {
            RedisKeyValue keyValue = links.open("redis://:wr0ng@127.0.0.1:" + redis.port());

            Links.awaitHealth(keyValue, "it answers WRONGPASS");
            assertThat(keyValue.health().reason()).doesNotContain("wr0ng");
            assertThat(Links.failure(keyValue.get(key)))
                    .isEqualTo("redis error: cannot reach 127.0.0.1:%d: it answers WRONGPASS invalid username-password"
                                    .formatted(redis.port())
                            + " pair or user is disabled.; trying again");
        }
    }

    /** More than debug is not to be had of the client, whatever the process is told. */
    @Test
    void neitherPasswordsNorDataAreInTheDebugLogOfTheClient() {
        List<String> lines = new CopyOnWriteArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                lines.add(new SimpleFormatter().format(entry));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        handler.setLevel(Level.ALL);
        Logger client = Logger.getLogger("io.lettuce");
        client.setLevel(Level.FINE);
        Logger.getLogger("").addHandler(handler);
        try (RedisServer redis = RedisServer.setup().password("s3cret").start()) {
            RedisKeyValue keyValue = links.connect(redis.url());
            Await.result(keyValue.set(new SetRequest(key, "confidential", 0)));
            Await.result(keyValue.get(key));
        } finally {
            Logger.getLogger("").removeHandler(handler);
            client.setLevel(Level.SEVERE);
        }

        assertThat(lines).anyMatch(line -> line.contains("lettuce"));
        assertThat(lines).noneMatch(line -> line.contains("s3cret") || line.contains("confidential"));
    }

    @Test
    void aPasswordThatIsChangedOnTheServerIsTriedAgain() {
        try (RedisServer redis = RedisServer.setup().password("s3cret").start()) {
            RedisKeyValue keyValue = links.open("redis://:later@127.0.0.1:" + redis.port());
            Links.awaitHealth(keyValue, "WRONGPASS");

            redis.command("CONFIG", "SET", "requirepass", "later");

            Links.awaitHealthy(keyValue);
        }
    }

    @Test
    void aDefaultUserWhoMayNotPingNeedsNoPassword() {
        try (RedisServer redis = RedisServer.setup()
                .line("user default on nopass ~* -@all +get +set")
                .start()) {
            assertThatItStores(redis, redis.url());
            assertThatItStores(redis, "unix://" + redis.socket());
        }
    }

    @Test
    void aPasswordInAFileIsReadAgainWhenTheLoginIsRefused(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("password"), "first");
        Path url = folder.resolve("url");
        try (RedisServer redis = RedisServer.setup().password("first").start()) {
            String server = "127.0.0.1:" + redis.port();
            Files.writeString(url, "redis://:first@" + server);
            RedisKeyValue separate = links.connect("redis://" + server, "password", "file:" + file);
            RedisKeyValue inUrl = links.connect("file:" + url);

            redis.command("CONFIG", "SET", "requirepass", "second");
            redis.command("CLIENT", "KILL", "TYPE", "normal");
            Links.awaitHealth(separate, "it answers WRONGPASS");
            Files.writeString(file, "second");
            Files.writeString(url, "redis://:second@" + server);

            Links.awaitHealthy(separate);
            Links.awaitHealthy(inUrl);
            assertThat(Await.result(separate.get(key)).exists()).isFalse();
        }
    }

    @Test
    void aLoginThatIsAskedForLaterIsDone(@TempDir Path folder) throws Exception {
        Path url = folder.resolve("url");
        try (RedisServer redis = RedisServer.start()) {
            Files.writeString(url, redis.url());
            RedisKeyValue keyValue = links.connect("file:" + url);

            redis.command("CONFIG", "SET", "requirepass", "s3cret");
            redis.command("CLIENT", "KILL", "TYPE", "normal");
            Links.awaitHealth(keyValue, "it answers NOAUTH");
            Files.writeString(url, "redis://:s3cret@127.0.0.1:" + redis.port());

            Links.awaitHealthy(keyValue);
        }
    }

    @Test
    void usesTheDatabaseOfTheUrl(RedisServer redis) {
        RedisKeyValue keyValue = links.connect(redis.url() + "/3");

        Await.result(keyValue.set(new SetRequest(key, "value", 0)));

        assertThat(redis.command("EXISTS", key)).containsExactly("0");
        assertThat(Await.result(links.connect(redis.url() + "?db=3").get(key)).value())
                .isEqualTo("value");
    }

    @Test
    void aDatabaseThatIsNotThereIsSaid(RedisServer redis) {
        Links.awaitHealth(links.open(redis.url() + "/99"), "DB index is out of range");
    }

    @Test
    void speaksThroughASocket() {
        try (RedisServer redis = RedisServer.setup().password("s3cret").start()) {
            assertThatItStores(redis, "unix://" + redis.socket() + "?pass=s3cret");
            assertThatItStores(redis, "redis+unix://" + redis.socket() + "?db=0&pass=s3cret&user=default");
        }
    }

    @Test
    void aSocketThatIsNotThereIsSaid() {
        RedisKeyValue keyValue = links.open("unix:///nowhere/redis.sock");

        Links.awaitHealth(keyValue, "cannot reach Redis at /nowhere/redis.sock: No such file or directory");
    }

    @Test
    void encryptsAndChecksTheServersCertificate(@TempDir Path folder) {
        TestCertificates certificates = TestCertificates.in(folder);
        try (RedisServer redis = RedisServer.setup().tls(certificates).start()) {
            assertThatItStores(
                    redis, redis.url(), "tls_ca_file", certificates.authority().toString());

            RedisKeyValue untrusting = links.open(redis.url());
            Links.awaitHealth(untrusting, "no TLS with it: unable to find valid certification path");
            Links.awaitHealth(untrusting, "tls_ca_file");
        }
    }

    @Test
    void showsACertificateOfItsOwn(@TempDir Path folder) {
        TestCertificates certificates = TestCertificates.in(folder);
        try (RedisServer redis = RedisServer.setup().mutualTls(certificates).start()) {
            assertThatItStores(
                    redis,
                    redis.url(),
                    "tls_ca_file",
                    certificates.authority().toString(),
                    "tls_cert_file",
                    certificates.clientCertificate().toString(),
                    "tls_key_file",
                    certificates.clientKey().toString());

            RedisKeyValue without = links.open(
                    redis.url(), "tls_ca_file", certificates.authority().toString());
            Links.awaitHealth(without, "cannot reach Redis");
        }
    }

    @Test
    void refusesAServerThatAnotherAuthorityVouchesFor(@TempDir Path folder) throws Exception {
        TestCertificates certificates = TestCertificates.in(folder);
        TestCertificates others = TestCertificates.in(Files.createDirectory(folder.resolve("others")));
        try (RedisServer redis = RedisServer.setup().tls(certificates).start()) {
            Links.awaitHealth(
                    links.open(redis.url(), "tls_ca_file", others.authority().toString()), "no TLS with it");
            Links.awaitHealth(
                    links.open(redis.url(), "tls_ca_file", others.authority().toString(), "tls_verify", "ca"),
                    "no TLS with it");
        }
    }

    @Test
    void looksAtTheCertificateAsMuchAsItIsTold(@TempDir Path folder) {
        TestCertificates certificates = TestCertificates.in(folder);
        try (RedisServer redis = RedisServer.setup()
                .tls(certificates)
                .line("bind 127.0.0.1 127.0.0.2")
                .start()) {
            // the certificate is for 127.0.0.1 and localhost
            String otherName = "rediss://127.0.0.2:" + redis.port();
            String authority = certificates.authority().toString();

            Links.awaitHealth(links.open(otherName, "tls_ca_file", authority), "no TLS with it");
            assertThatItStores(redis, otherName, "tls_ca_file", authority, "tls_verify", "ca");
            assertThatItStores(redis, otherName, "tls_verify", "none");
            assertThatItStores(redis, otherName + "/#insecure");
        }
    }

    @Test
    void aServerWithoutTlsIsSaid(RedisServer redis) {
        RedisKeyValue keyValue = links.open("rediss://127.0.0.1:" + redis.port());

        Links.awaitHealth(keyValue, "cannot reach Redis at 127.0.0.1:" + redis.port());
    }

    private void assertThatItStores(RedisServer redis, String url, String... more) {
        String value = UUID.randomUUID().toString();

        Await.result(links.connect(url, more).set(new SetRequest(key, value, 0)));

        assertThat(redis.command("GET", key)).containsExactly(value);
    }
}
