package com.wasmcloud.keyvalue.redis;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.contract.keyvalue.IncrementRequest;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.servers.RedisServer;
import com.wasmcloud.testkit.servers.Servers;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Servers.class)
class IncrementTest {
    private static final String OVERFLOW = "redis error: ERR increment or decrement would overflow";

    private final Links links = new Links();
    private final String counter = UUID.randomUUID().toString();

    @AfterEach
    void close() {
        links.close();
    }

    @Test
    void aThousandAtATimeAreAllCounted(RedisServer redis) {
        RedisKeyValue keyValue = links.connect(redis.url());
        RedisKeyValue other = links.connect(redis.url());
        List<CompletionStage<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            calls.add(add(keyValue, 1));
            calls.add(add(other, 1));
        }

        assertThat(calls.stream().map(Await::result))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, 1000).boxed().toList());
    }

    @Test
    void aSumPastTheRangeIsNeverSeenByAnybody(RedisServer redis) {
        RedisKeyValue keyValue = links.connect(redis.url());
        redis.command("SET", counter, Integer.toString(Integer.MAX_VALUE - 3));
        List<CompletionStage<?>> tooMuch = new ArrayList<>();
        List<CompletionStage<String>> seen = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            tooMuch.add(add(keyValue, 1000));
            seen.add(keyValue.get(counter).thenApply(found -> found.value()));
            add(keyValue, -1);
            add(keyValue, 1);
        }

        assertThat(tooMuch.stream().map(Links::failure)).containsOnly(OVERFLOW);
        assertThat(seen.stream().map(Await::result)).containsOnly(Integer.toString(Integer.MAX_VALUE - 3));
    }

    @Test
    void refusesNumbersThatAreOutOfRangeAlready(RedisServer redis) {
        RedisKeyValue keyValue = links.connect(redis.url());
        for (String value : List.of("3000000000", "-3000000000", "9223372036854775807", "-9223372036854775808")) {
            redis.command("SET", counter, value);

            assertThat(Links.failure(add(keyValue, 1))).isEqualTo(OVERFLOW);
            assertThat(Links.failure(add(keyValue, -1))).isEqualTo(OVERFLOW);
            assertThat(redis.command("GET", counter)).containsExactly(value);
        }
    }

    @Test
    void takesANumberBackIntoTheRange(RedisServer redis) {
        RedisKeyValue keyValue = links.connect(redis.url());
        redis.command("SET", counter, "2147483648");

        assertThat(Await.result(add(keyValue, -1))).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void worksOnWhenRedisHasForgottenTheScript(RedisServer redis) {
        RedisKeyValue keyValue = links.connect(redis.url());
        assertThat(Await.result(add(keyValue, 1))).isEqualTo(1);

        redis.command("SCRIPT", "FLUSH");

        assertThat(Await.result(add(keyValue, 1))).isEqualTo(2);
    }

    @Test
    void worksForAUserThatMayNotRunScripts() {
        try (RedisServer redis = RedisServer.setup()
                .user("plain", "secret", "~*", "+@read", "+@write", "-@scripting")
                .start()) {
            RedisKeyValue keyValue = links.connect("redis://plain:secret@127.0.0.1:" + redis.port());

            assertThat(Await.result(add(keyValue, 5))).isEqualTo(5);
            assertThat(Links.failure(add(keyValue, Integer.MAX_VALUE))).isEqualTo(OVERFLOW);
            assertThat(Await.result(add(keyValue, 1))).isEqualTo(6);
        }
    }

    @Test
    void tellsAUserThatMayNotIncrement() {
        try (RedisServer redis =
                RedisServer.setup().user("reader", "secret", "~*", "+get").start()) {
            RedisKeyValue keyValue = links.connect("redis://reader:secret@127.0.0.1:" + redis.port());

            assertThat(Links.failure(add(keyValue, 5)))
                    .startsWith("redis error: NOPERM")
                    .contains("incrby");
            assertThat(Await.result(keyValue.get(counter)).exists()).isFalse();
        }
    }

    private CompletionStage<Integer> add(RedisKeyValue keyValue, int value) {
        return keyValue.increment(new IncrementRequest(counter, value));
    }
}
