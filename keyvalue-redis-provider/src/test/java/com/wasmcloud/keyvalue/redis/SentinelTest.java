package com.wasmcloud.keyvalue.redis;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.contract.keyvalue.SetRequest;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.servers.RedisSentinel;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SentinelTest {
    private final Links links = new Links();
    private final RedisSentinel group = RedisSentinel.start();
    private final String sentinels = "127.0.0.1:1,127.0.0.1:" + group.port();

    @AfterEach
    void close() {
        links.close();
        group.close();
    }

    @Test
    void followsThePrimary() {
        RedisKeyValue keyValue = links.connect("redis-sentinel://" + sentinels + "#" + RedisSentinel.MASTER_NAME);
        Await.result(set(keyValue, "before"));
        assertThat(group.master().command("GET", "key")).containsExactly("before");

        group.master().kill();

        Await.until("the replica takes over", () -> Links.failure(set(keyValue, "after"))
                .equals("it did not fail"));
        assertThat(group.replica().command("GET", "key")).containsExactly("after");
        Links.awaitHealthy(keyValue);
    }

    @Test
    void asksAgainWhenThePrimaryHasBecomeAReplica() {
        RedisKeyValue keyValue = links.connect("redis-sentinel://" + sentinels + "#" + RedisSentinel.MASTER_NAME);
        Set<String> before = clients();
        group.master().command("REPLICAOF", "127.0.0.1", "1");

        Links.failure(set(keyValue, "value"));

        Await.until("the connection is another one", () -> clients().stream().noneMatch(before::contains));
    }

    @Test
    void saysWhatEachSentinelSaid() {
        RedisKeyValue keyValue = links.open("redis-sentinel://" + sentinels + "#other");

        assertThat(Links.failure(keyValue.get("key")))
                .isEqualTo("redis error: cannot reach primary other of sentinels %s: no sentinel names it"
                                .formatted(sentinels)
                        + " (127.0.0.1:1: connection refused; 127.0.0.1:%d: knows no primary called other); trying again"
                                .formatted(group.port()));
    }

    private static CompletionStage<Void> set(RedisKeyValue keyValue, String value) {
        return keyValue.set(new SetRequest("key", value, 0));
    }

    /** The ids of the connections to the first primary, but for those of the sentinel and of the test itself. */
    private Set<String> clients() {
        return group.master()
                .command("CLIENT", "LIST", "TYPE", "normal")
                .get(0)
                .lines()
                .filter(line -> line.contains("addr=127.0.0.1:") && !line.contains("name=sentinel"))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .collect(Collectors.toSet());
    }
}
