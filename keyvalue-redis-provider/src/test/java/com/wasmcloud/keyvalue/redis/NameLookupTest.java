package com.wasmcloud.keyvalue.redis;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.servers.RedisServer;
import com.wasmcloud.testkit.servers.Servers;
import com.wasmcloud.testkit.servers.TestCertificates;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(Servers.class)
class NameLookupTest {
    private final CountDownLatch nameServer = new CountDownLatch(1);
    private final Map<String, Integer> lookups = new ConcurrentHashMap<>();
    private final Links links = new Links(this::addresses);
    private volatile Throwable failure = new UnknownHostException("no such host");

    @AfterEach
    void close() {
        nameServer.countDown();
        links.close();
    }

    @Test
    void aNameServerThatDoesNotAnswerHoldsUpNobodyElse(RedisServer redis) {
        for (int i = 0; i < 8; i++) {
            links.open("redis://slow-%d:%d".formatted(i, redis.port()));
            links.open("redis-cluster://slow-%d:%d".formatted(i, redis.port()));
            links.open("redis-sentinel://slow-%d:%d#primary".formatted(i, redis.port()));
        }

        RedisKeyValue quick = links.connect("redis://quick:" + redis.port(), "command_timeout_ms", "10000");

        assertThat(Await.result(quick.get("key")).exists()).isFalse();
    }

    @Test
    void aLinkWhoseNameServerDoesNotAnswerSaysSoAndRecovers(RedisServer redis) {
        RedisKeyValue keyValue =
                links.open("redis://slow:" + redis.port(), "connect_timeout_ms", "100", "command_timeout_ms", "10000");
        assertThat(keyValue.health().reason()).startsWith("still connecting to Redis at slow:");
        RedisKeyValue impatient =
                links.open("redis://slow:" + redis.port(), "connect_timeout_ms", "100", "command_timeout_ms", "100");
        Links.awaitHealth(impatient, "no answer in time");

        nameServer.countDown();

        Links.awaitHealthy(keyValue);
        Links.awaitHealthy(impatient);
        assertThat(lookups("slow")).isLessThanOrEqualTo(4); // attempts join the lookup that is under way
    }

    @Test
    void aNameWithAnUnderscoreIsComparedWithTheServersCertificate(@TempDir Path folder) {
        TestCertificates certificates = TestCertificates.in(folder);
        String authority = certificates.authority().toString();
        try (RedisServer redis = RedisServer.setup().tls(certificates).start()) {
            links.connect("rediss://tls_server:" + redis.port(), "tls_ca_file", authority);
            Links.awaitHealth(
                    links.open("rediss://other_server:" + redis.port(), "tls_ca_file", authority),
                    "No subject alternative DNS name matching other_server found");
        }
    }

    @Test
    void aNameThatNobodyKnowsIsSaid() {
        RedisKeyValue keyValue = links.open("redis://unknown");

        assertThat(Links.failure(keyValue.get("key")))
                .isEqualTo("redis error: cannot reach unknown:6379: its host name is not known; trying again");
    }

    @Test
    void whateverAnAttemptThrowsAnotherOneFollows(RedisServer redis) {
        failure = new OutOfMemoryError("unable to create native thread");
        RedisKeyValue keyValue = links.open("redis://unknown:" + redis.port());
        RedisKeyValue cluster = links.open("redis-cluster://unknown:" + redis.port());
        RedisKeyValue sentinels = links.open("redis-sentinel://unknown:" + redis.port() + "#primary");
        Links.awaitHealth(keyValue, "unable to create native thread");
        Links.awaitHealth(cluster, "trying again");
        Links.awaitHealth(sentinels, "trying again");
        int before = lookups("unknown");

        Await.until("more attempts are made", () -> lookups("unknown") > before + 3);
        failure = new UnknownHostException("no such host");

        Links.awaitHealth(keyValue, "its host name is not known");
        Links.awaitHealth(sentinels, "its host name is not known");
    }

    private void awaitNameServer() {
        try {
            nameServer.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int lookups(String host) {
        return lookups.getOrDefault(host, 0);
    }

    private InetAddress[] addresses(String host) throws UnknownHostException {
        lookups.merge(host, 1, Integer::sum);
        if (host.startsWith("slow")) {
            awaitNameServer();
        }
        if (host.equals("unknown")) {
            if (failure instanceof Error error) {
                throw error;
            }
            throw (UnknownHostException) failure;
        }
        return new InetAddress[] {InetAddress.getLoopbackAddress()};
    }
}
