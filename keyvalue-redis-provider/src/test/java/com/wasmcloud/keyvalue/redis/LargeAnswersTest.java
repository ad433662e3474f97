package com.wasmcloud.keyvalue.redis;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.contract.keyvalue.GetResponse;
import com.wasmcloud.contract.keyvalue.SetRequest;
import com.wasmcloud.provider.support.Budget;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.servers.RedisServer;
import com.wasmcloud.testkit.servers.Servers;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Servers.class)
class LargeAnswersTest {
    private static final int MIB = 1024 * 1024;

    private final Budget memory = new Budget(10 * MIB);
    private final Links links = new Links(memory);
    private final String key = UUID.randomUUID().toString();

    @AfterEach
    void close() {
        links.close();
    }

    @Test
    void severalAtOnceThatDoNotFitAreRefusedOneByOne(RedisServer redis) {
        RedisKeyValue keyValue = links.connect(redis.url());
        String large = "x".repeat(6 * MIB);
        Await.result(keyValue.set(new SetRequest(key, large, 0)));
        Await.result(keyValue.set(new SetRequest(key + "-small", "small", 0)));

        List<CompletionStage<GetResponse>> calls =
                Stream.generate(() -> keyValue.get(key)).limit(8).toList();
        CompletionStage<GetResponse> small = keyValue.get(key + "-small");

        assertThat(calls.stream().map(Links::failure))
                .allMatch(text -> text.equals("it did not fail") || text.startsWith("overloaded: no memory for"));
        assertThat(Await.result(small).value()).isEqualTo("small");
        assertThat(Await.result(keyValue.get(key)).value()).isEqualTo(large);
        Await.until("all memory is given back", () -> memory.used() == 0);
        redis.command("DEL", key);
    }

    @Test
    void oneThatNeverFitsIsRefused(RedisServer redis) {
        RedisKeyValue keyValue = links.connect(redis.url());
        Await.result(keyValue.set(new SetRequest(key, "x".repeat(11 * MIB), 0)));

        assertThat(Links.failure(keyValue.get(key))).startsWith("overloaded: ");
        assertThat(keyValue.health().healthy()).isTrue();
        redis.command("DEL", key);
    }

    @Test
    void aServerThatAnnouncesMoreThanItHasIsNotBelieved() throws Exception {
        try (FakeRedis redis = FakeRedis.answering((words, to) -> {
            if (words.get(0).equals("GET")) {
                FakeRedis.write(to, "$536870912\r\n");
            } else {
                FakeRedis.write(to, "+PONG\r\n");
            }
        })) {
            RedisKeyValue keyValue = links.connect(redis.url());

            assertThat(Links.failure(keyValue.get(key)))
                    .isEqualTo("overloaded: no memory for an answer of Redis with 536870912 bytes and more;"
                            + " try again later");
            assertThat(memory.used()).isZero();
        }
    }
}
