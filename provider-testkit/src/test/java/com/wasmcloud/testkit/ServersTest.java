package com.wasmcloud.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Servers.class)
class ServersTest {
    private final RedisServer redis;

    ServersTest(RedisServer redis) {
        this.redis = redis;
    }

    @Test
    void givesRunningServers(NatsServer nats, RedisServer same) {
        assertThat(nats.running()).isTrue();
        assertThat(redis.running()).isTrue();
        assertThat(same).isSameAs(redis);
    }
}
