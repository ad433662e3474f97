package com.wasmcloud.keyvalue.redis;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.contract.keyvalue.SetRequest;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.RedisSentinel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SentinelTest {
    private final Links links = new Links();
    private final RedisSentinel group = RedisSentinel.start();

    @AfterAll
    void close() {
        links.close();
        group.close();
    }

    @Test
    void followsThePrimary() {
        RedisKeyValue keyValue = links.connect(url("127.0.0.1:1,127.0.0.1:" + group.port(), RedisSentinel.MASTER_NAME));
        Await.result(keyValue.set(new SetRequest("key", "before", 0)));
        assertThat(group.master().command("GET", "key")).containsExactly("before");

        group.master().kill();

        Await.until("the replica takes over", () -> Links.failure(keyValue.set(new SetRequest("key", "after", 0)))
                .equals("it did not fail"));
        assertThat(group.replica().command("GET", "key")).containsExactly("after");
        Links.awaitHealthy(keyValue);
    }

    @Test
    void saysWhatEachSentinelSaid() {
        RedisKeyValue keyValue = links.open(url("127.0.0.1:1,127.0.0.1:" + group.port(), "other"));

        assertThat(Links.failure(keyValue.get("key")))
                .isEqualTo(
                        "redis error: cannot reach primary other of sentinels 127.0.0.1:1,127.0.0.1:%1$d: no sentinel names it (127.0.0.1:1: connection refused; 127.0.0.1:%1$d: knows no primary called other); trying again"
                                .formatted(group.port()));
    }

    private static String url(String sentinels, String primary) {
        return "redis-sentinel://" + sentinels + "#" + primary;
    }
}
