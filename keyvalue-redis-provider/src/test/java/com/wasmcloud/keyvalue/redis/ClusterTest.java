package com.wasmcloud.keyvalue.redis;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.contract.keyvalue.GetResponse;
import com.wasmcloud.contract.keyvalue.IncrementRequest;
import com.wasmcloud.contract.keyvalue.SetAddRequest;
import com.wasmcloud.contract.keyvalue.SetRequest;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.servers.RedisCluster;
import com.wasmcloud.testkit.servers.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClusterTest {
    private final Links links = new Links();
    private final RedisCluster cluster =
            RedisCluster.start(3, RedisServer.setup().password("s3cret").durable());
    private final String url = "redis-cluster://:s3cret@" + cluster.addresses();

    @AfterEach
    void closeLinks() {
        links.close();
    }

    @AfterAll
    void close() {
        cluster.close();
    }

    @Test
    void findsTheServerOfEachKey() {
        RedisKeyValue keyValue = links.open(url);

        List<String> keys = IntStream.range(0, 100).mapToObj(i -> "key-" + i).toList();
        keys.stream()
                .map(key -> keyValue.set(new SetRequest(key, "value of " + key, 0)))
                .toList()
                .forEach(Await::result);

        assertThat(keys).allSatisfy(key -> assertThat(Await.result(keyValue.get(key)))
                .isEqualTo(new GetResponse("value of " + key, true)));
        assertThat(cluster.nodes())
                .allSatisfy(node -> assertThat(node.command("DBSIZE")).isNotEqualTo(List.of("0")));
        assertThat(Await.result(keyValue.increment(new IncrementRequest("counted", 7))))
                .isEqualTo(7);
        assertThat(Links.failure(keyValue.increment(new IncrementRequest("counted", Integer.MAX_VALUE))))
                .isEqualTo("redis error: ERR increment or decrement would overflow");
        assertThat(Links.failure(keyValue.increment(new IncrementRequest("key-1", 1))))
                .isEqualTo("redis error: ERR value is not an integer or out of range");
    }

    @Test
    void setsOfOneServerCanBeJoinedAndOthersAreSaid() {
        RedisKeyValue keyValue = links.connect(url);
        Await.result(keyValue.setAdd(new SetAddRequest("{tag}one", "a")));
        Await.result(keyValue.setAdd(new SetAddRequest("{tag}two", "b")));

        assertThat(Await.result(keyValue.setUnion(List.of("{tag}one", "{tag}two"))))
                .containsExactlyInAnyOrder("a", "b");
        assertThat(Links.failure(keyValue.setUnion(List.of("one", "two")))).startsWith("redis error: CROSSSLOT");
    }

    @Test
    void aNodeThatIsAwayIsSaidAndFoundAgain() {
        RedisKeyValue keyValue = links.connect(url, "command_timeout_ms", "1000");
        RedisServer node = cluster.nodes().get(0);
        String key = IntStream.range(0, 1000)
                .mapToObj(i -> "key-" + i)
                .filter(candidate -> isOn(node, candidate))
                .findFirst()
                .orElseThrow();
        Await.result(keyValue.set(new SetRequest(key, "value", 0)));

        node.kill();

        Links.awaitHealth(keyValue, "is not complete: 127.0.0.1:" + node.port() + " cannot be reached: ");
        assertThat(Links.failure(keyValue.get(key)))
                .startsWith("redis error: cannot reach cluster " + cluster.addresses() + ": ")
                .endsWith("; trying again");

        node.restart();
        Await.until("the link is healthy", Duration.ofSeconds(10), () -> keyValue.health()
                .healthy());
        Await.until("the key is there", () -> Links.failure(keyValue.get(key)).equals("it did not fail"));
        assertThat(Await.result(keyValue.get(key)).value()).isEqualTo("value");
    }

    @Test
    void aClusterThatIsDownWhenTheLinkIsMadeIsFoundLater() {
        cluster.nodes().forEach(RedisServer::stop);
        RedisKeyValue keyValue = links.open(url);

        assertThat(Links.failure(keyValue.get("key")))
                .isEqualTo("redis error: cannot reach cluster %s: connection refused; trying again"
                        .formatted(cluster.addresses()));

        cluster.nodes().forEach(RedisServer::restart);
        Links.awaitHealthy(keyValue);
        Await.until("calls work", () -> Links.failure(keyValue.get("key")).equals("it did not fail"));
    }

    @Test
    void aKeyThatHasMovedIsFollowed() {
        RedisKeyValue keyValue = links.connect(url);
        Await.result(keyValue.set(new SetRequest("key", "value", 0)));
        RedisServer from = cluster.nodes().stream()
                .filter(node -> isOn(node, "key"))
                .findFirst()
                .orElseThrow();
        RedisServer to = cluster.nodes().stream()
                .filter(node -> node != from)
                .findFirst()
                .orElseThrow();
        move("key", from, to);

        assertThat(Await.result(keyValue.get("key")).value()).isEqualTo("value");
        assertThat(Await.result(keyValue.increment(new IncrementRequest("{key}counter", 1))))
                .isEqualTo(1);
    }

    private static boolean isOn(RedisServer node, String key) {
        String slot = node.command("CLUSTER", "KEYSLOT", key).get(0);
        String mine = node.command("CLUSTER", "MYID").get(0);
        List<String> slots = node.command("CLUSTER", "SLOTS");
        for (int i = 0; i + 4 < slots.size(); i++) {
            if (slots.get(i + 4).equals(mine)
                    && Integer.parseInt(slots.get(i)) <= Integer.parseInt(slot)
                    && Integer.parseInt(slots.get(i + 1)) >= Integer.parseInt(slot)) {
                return true;
            }
        }
        return false;
    }

    private void move(String key, RedisServer from, RedisServer to) {
        String slot = from.command("CLUSTER", "KEYSLOT", key).get(0);
        String fromId = from.command("CLUSTER", "MYID").get(0);
        String toId = to.command("CLUSTER", "MYID").get(0);
        to.command("CLUSTER", "SETSLOT", slot, "IMPORTING", fromId);
        from.command("CLUSTER", "SETSLOT", slot, "MIGRATING", toId);
        from.command("MIGRATE", "127.0.0.1", Integer.toString(to.port()), key, "0", "5000", "AUTH", "s3cret");
        cluster.nodes().forEach(node -> node.command("CLUSTER", "SETSLOT", slot, "NODE", toId));
    }
}
