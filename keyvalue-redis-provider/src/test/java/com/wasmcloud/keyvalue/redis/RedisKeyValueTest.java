package com.wasmcloud.keyvalue.redis;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.contract.keyvalue.GetResponse;
import com.wasmcloud.contract.keyvalue.IncrementRequest;
import com.wasmcloud.contract.keyvalue.KeyValue;
import com.wasmcloud.contract.keyvalue.ListRangeRequest;
import com.wasmcloud.contract.keyvalue.SetRequest;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.servers.RedisServer;
import com.wasmcloud.testkit.servers.Servers;
import com.wasmcloud.testkit.suites.KeyValueContractTest;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Servers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedisKeyValueTest extends KeyValueContractTest {
    private final Links links = new Links();
    private final RedisServer redis;
    private final RedisKeyValue keyValue;

    RedisKeyValueTest(RedisServer redis) {
        this.redis = redis;
        this.keyValue = links.connect(redis.url());
    }

    @AfterAll
    void close() {
        links.close();
    }

    @Override
    protected KeyValue keyValue() {
        return keyValue;
    }

    @Test
    void setWithATimeSetsIt() {
        Await.result(keyValue.set(new SetRequest("timed", "value", 100)));

        assertThat(redis.command("TTL", "timed")).containsAnyOf("100", "99");
    }

    @Test
    void setWithoutATimeTakesTheOldOneAway() {
        redis.command("SET", "untimed", "before", "EX", "100");

        Await.result(keyValue.set(new SetRequest("untimed", "after", 0)));

        assertThat(redis.command("TTL", "untimed")).containsExactly("-1");
    }

    @Test
    void incrementKeepsTheTimeToLive() {
        redis.command("SET", "counter", "1", "EX", "100");

        assertThat(Await.result(keyValue.increment(new IncrementRequest("counter", 1))))
                .isEqualTo(2);

        assertThat(redis.command("TTL", "counter")).containsAnyOf("100", "99");
    }

    @Test
    void errorsOfRedisArePassedOn() {
        redis.command("SET", "text", "many");
        redis.command("RPUSH", "list", "value");

        assertThat(Links.failure(keyValue.get("list")))
                .isEqualTo("redis error: WRONGTYPE Operation against a key holding the wrong kind of value");
        assertThat(Links.failure(keyValue.increment(new IncrementRequest("text", 1))))
                .isEqualTo("redis error: ERR value is not an integer or out of range");
        assertThat(Links.failure(keyValue.increment(new IncrementRequest("list", 1))))
                .isEqualTo("redis error: WRONGTYPE Operation against a key holding the wrong kind of value");
    }

    @Test
    void aCallForNoSetsIsRefused() {
        assertThat(Links.failure(keyValue.setUnion(List.of())))
                .isEqualTo("invalid parameter: SetUnion needs the name of at least one set");
        assertThat(Links.failure(keyValue.setIntersection(List.of())))
                .isEqualTo("invalid parameter: SetIntersection needs the name of at least one set");
    }

    @Test
    void whatIsNotTextIsAnErrorAndNotMangled() {
        redis.command("EVAL", "redis.call('SET', 'latin', string.char(0x67, 0xFC, 0x6E)) return 1", "0");
        redis.command("EVAL", "redis.call('RPUSH', 'mixed', 'a', string.char(0xC0, 0x80)) return 1", "0");

        assertThat(Links.failure(keyValue.get("latin"))).isEqualTo("redis error: the value in Redis is not UTF-8 text");
        assertThat(Links.failure(keyValue.listRange(new ListRangeRequest("mixed", 0, -1))))
                .isEqualTo("redis error: the value in Redis is not UTF-8 text");
    }

    @Test
    void aGenuineReplacementCharacterIsText() {
        Await.result(keyValue.set(new SetRequest("replacement", "a\uFFFDb", 0)));

        assertThat(Await.result(keyValue.get("replacement"))).isEqualTo(new GetResponse("a\uFFFDb", true));
    }

    @Test
    void aKeyPrefixIsPutBeforeEveryKey() {
        String prefix = UUID.randomUUID() + ":";
        RedisKeyValue prefixed = links.connect(redis.url(), "key_prefix", prefix);

        Await.result(prefixed.set(new SetRequest("key", "value", 0)));
        Await.result(prefixed.increment(new IncrementRequest("counter", 3)));
        redis.command("SADD", prefix + "one", "a", "b");
        redis.command("SADD", prefix + "two", "b", "c");

        assertThat(redis.command("GET", prefix + "key")).containsExactly("value");
        assertThat(redis.command("GET", prefix + "counter")).containsExactly("3");
        assertThat(Await.result(prefixed.setIntersection(List.of("one", "two"))))
                .containsExactly("b");
        assertThat(Await.result(prefixed.get("key")).value()).isEqualTo("value");
        assertThat(Await.result(prefixed.del("key"))).isTrue();
    }

    @Test
    void linksHaveConnectionsOfTheirOwn() {
        RedisKeyValue first = links.connect(redis.url() + "/1");
        RedisKeyValue second = links.connect(redis.url() + "/2");

        Await.result(first.set(new SetRequest("key", "one", 0)));
        Await.result(second.set(new SetRequest("key", "two", 0)));

        assertThat(Await.result(first.get("key")).value()).isEqualTo("one");
        assertThat(Await.result(second.get("key")).value()).isEqualTo("two");
    }
}
