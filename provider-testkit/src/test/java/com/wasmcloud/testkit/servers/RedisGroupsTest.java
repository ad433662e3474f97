package com.wasmcloud.testkit.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wasmcloud.testkit.Await;
import org.junit.jupiter.api.Test;

class RedisGroupsTest {
    @Test
    void aClusterDividesTheKeysAmongItsNodes() {
        try (RedisCluster cluster = RedisCluster.start(3)) {
            assertThat(cluster.nodes()).hasSize(3);
            assertThat(cluster.addresses()).matches("(127\\.0\\.0\\.1:\\d+,){2}127\\.0\\.0\\.1:\\d+");

            // the slot of "foo" is 12182, in the last third
            assertThat(cluster.nodes().get(2).command("SET", "foo", "bar")).containsExactly("OK");
            assertThatThrownBy(() -> cluster.nodes().get(0).command("GET", "foo"))
                    .hasMessageContaining(
                            "MOVED 12182 127.0.0.1:%d", cluster.nodes().get(2).port());
        }
    }

    @Test
    void aSentinelMakesTheReplicaTheMasterWhenTheMasterIsKilled() {
        try (RedisSentinel group = RedisSentinel.start()) {
            assertThat(group.masterPort()).isEqualTo(group.master().port());

            group.master().kill();

            Await.until(
                    "the replica is the master",
                    () -> group.masterPort() == group.replica().port());
            Await.until(
                    "it takes changes", () -> group.replica().command("ROLE").contains("master"));
            assertThat(group.replica().command("SET", "key", "value")).containsExactly("OK");
        }
    }
}
