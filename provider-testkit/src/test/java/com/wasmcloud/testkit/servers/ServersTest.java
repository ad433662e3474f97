package com.wasmcloud.testkit.servers;

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
    void givesRunningServers(NatsServer nats, RedisServer same, S3Server s3) {
        assertThat(nats.running()).isTrue();
        assertThat(redis.running()).isTrue();
        assertThat(s3.running()).isTrue();
        assertThat(same).isSameAs(redis);
    }
}
