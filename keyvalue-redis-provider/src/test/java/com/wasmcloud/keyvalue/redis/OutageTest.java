package com.wasmcloud.keyvalue.redis;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.contract.keyvalue.IncrementRequest;
import com.wasmcloud.contract.keyvalue.SetRequest;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.servers.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutageTest {
    private static final Duration RECOVERY = Duration.ofSeconds(5);

    private final Links links = new Links();
    private final RedisServer redis = RedisServer.setup().durable().start();

    @AfterEach
    void close() {
        links.close();
        redis.close();
    }

    @Test
    void callsThatComeWhileItConnectsAtFirstWaitForThat() {
        RedisKeyValue keyValue = links.open(redis.url());

        assertThat(Await.result(keyValue.get("key")).exists()).isFalse();
    }

    @Test
    void aServerThatIsDownWhenTheLinkIsMadeIsFoundLater() {
        redis.stop();
        RedisKeyValue keyValue = links.open(redis.url());

        assertThat(Links.failure(keyValue.get("key"))).isEqualTo(refused());
        assertThat(keyValue.health().reason())
                .isEqualTo(
                        "cannot reach Redis at 127.0.0.1:%d: connection refused; trying again".formatted(redis.port()));

        redis.restart();
        Await.until("the link is healthy", RECOVERY, () -> keyValue.health().healthy());
        assertThat(Await.result(keyValue.get("key")).exists()).isFalse();
    }

    @Test
    void whatIsAcknowledgedOutlivesAKill() {
        RedisKeyValue keyValue = links.connect(redis.url());
        Load load = new Load(keyValue);
        load.start();
        load.awaitMore(200);

        redis.kill();
        Await.until("calls fail", () -> load.failed.get() > 0);
        Await.until(
                "calls fail at once", () -> Links.failure(keyValue.get("key")).equals(refused()));
        assertThat(keyValue.health().healthy()).isFalse();

        redis.restart();
        Await.until("the link is healthy", RECOVERY, () -> keyValue.health().healthy());
        load.awaitMore(200);
        load.stop();

        List<Integer> lost = load.acknowledged.stream()
                .filter(number -> !redis.command("GET", "key-" + number).equals(List.of("value-" + number)))
                .toList();
        assertThat(lost).isEmpty();
    }

    @Test
    void aCallInFlightFailsWithTheConnectionAndIsNeverRepeated() {
        RedisKeyValue keyValue = links.connect(redis.url());
        Await.result(keyValue.increment(new IncrementRequest("counter", 1)));
        redis.freeze();
        List<CompletionStage<?>> calls = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            calls.add(keyValue.increment(new IncrementRequest("counter", 1)));
        }

        redis.kill();

        assertThat(calls.stream().map(Links::failure))
                .containsOnly(
                        "redis error: lost the connection to 127.0.0.1:%d before it answered; it is not known whether it was done"
                                .formatted(redis.port()));
        redis.restart();
        Links.awaitHealthy(keyValue);
        assertThat(Await.result(keyValue.get("counter")).value()).isEqualTo("1");
    }

    @Test
    void aServerThatHangsIsSaidAndFoundAgain() {
        RedisKeyValue keyValue = links.connect(redis.url(), "command_timeout_ms", "300");
        redis.freeze();

        assertThat(Links.failure(keyValue.get("key")))
                .isEqualTo("redis error: no answer from 127.0.0.1:%d within 300 ms; it is not known whether it was done"
                        .formatted(redis.port()));
        Links.awaitHealth(keyValue, "no answer in time");
        assertThat(Links.failure(keyValue.get("key")))
                .isEqualTo("redis error: cannot reach 127.0.0.1:%d: no answer in time; trying again"
                        .formatted(redis.port()));

        redis.thaw();
        Await.until("the link is healthy", RECOVERY, () -> keyValue.health().healthy());
        assertThat(Await.result(keyValue.get("key")).exists()).isFalse();
    }

    @Test
    void aConnectionThatTheServerClosesIsMadeAgain() {
        RedisKeyValue keyValue = links.connect(redis.url());

        redis.command("CLIENT", "KILL", "TYPE", "normal");

        Await.until("calls work again", RECOVERY, () -> !Links.failure(keyValue.get("key"))
                .startsWith("redis error"));
        assertThat(redis.command("CLIENT", "LIST", "TYPE", "normal").get(0).lines())
                .hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void aServerWithTroubleOfItsOwnIsNotHealthy() {
        RedisKeyValue keyValue = links.connect(redis.url());
        redis.command("CONFIG", "SET", "replica-serve-stale-data", "no");

        redis.command("REPLICAOF", "127.0.0.1", "1");
        Links.awaitHealth(keyValue, "Redis at 127.0.0.1:%d answers MASTERDOWN".formatted(redis.port()));
        assertThat(Links.failure(keyValue.get("key"))).startsWith("redis error: MASTERDOWN");

        redis.command("REPLICAOF", "NO", "ONE");
        Links.awaitHealthy(keyValue);
        assertThat(Await.result(keyValue.get("key")).exists()).isFalse();
    }

    @Test
    void noMoreCallsWaitThanCanBeKept() {
        RedisKeyValue keyValue = links.connect(redis.url());
        redis.freeze();
        for (int i = 0; i < ClientSetup.MOST_PENDING; i++) {
            keyValue.get("key");
        }

        assertThat(Links.failure(keyValue.get("key")))
                .isEqualTo("overloaded: 20000 calls of this link are waiting for Redis; try again later");

        redis.thaw();
        Await.until("calls work again", () -> Links.failure(keyValue.get("key")).equals("it did not fail"));
    }

    @Test
    void aLinkThatIsClosedFailsItsCallsAndLetsItsThreadsEnd() {
        RedisKeyValue keyValue = links.open(redis.url());
        Links.awaitHealthy(keyValue);
        redis.freeze();
        CompletionStage<?> inFlight = keyValue.get("key");

        keyValue.close();

        assertThat(Links.failure(inFlight)).startsWith("redis error: lost the connection");
        assertThat(Links.failure(keyValue.get("key"))).isEqualTo("redis error: the link is closed");
        assertThat(keyValue.health().healthy()).isFalse();
        Await.until("the client's threads have ended", () -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("lettuce")));
    }

    @Test
    void aLinkThatIsClosedWhileItConnectsLeavesNoConnection() {
        RedisKeyValue keyValue = links.open(redis.url());

        keyValue.close();

        assertThat(Links.failure(keyValue.get("key"))).isEqualTo("redis error: the link is closed");
        Await.until("the client's threads have ended", () -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("lettuce")
                        || thread.getName().startsWith("redis-link")));
        assertThat(redis.command("CLIENT", "LIST", "TYPE", "normal").get(0).lines())
                .hasSize(1);
    }

    private String refused() {
        return "redis error: cannot reach 127.0.0.1:%d: connection refused; trying again".formatted(redis.port());
    }

    /** Stores one key after the other, 32 at a time, until it is told to stop. */
    private static final class Load {
        private static final int AT_A_TIME = 32;

        private final RedisKeyValue keyValue;
        private final Set<Integer> acknowledged = ConcurrentHashMap.newKeySet();
        private final AtomicInteger failed = new AtomicInteger();
        private final Semaphore free = new Semaphore(AT_A_TIME);
        private final Thread thread = new Thread(this::run, "load");
        private volatile boolean stopped;

        Load(RedisKeyValue keyValue) {
            this.keyValue = keyValue;
        }

        void start() {
            thread.start();
        }

        void awaitMore(int count) {
            int target = acknowledged.size() + count;
            Await.until("more keys are acknowledged", () -> acknowledged.size() >= target);
        }

        void stop() {
            stopped = true;
            Await.until("all calls have ended", () -> !thread.isAlive() && free.availablePermits() == AT_A_TIME);
        }

        private void run() {
            for (int i = 0; !stopped; i++) {
                int number = i;
                free.acquireUninterruptibly();
                keyValue.set(new SetRequest("key-" + number, "value-" + number, 0))
                        .whenComplete((done, failure) -> {
                            if (failure == null) {
                                acknowledged.add(number);
                            } else {
                                failed.incrementAndGet();
                            }
                            free.release();
                        });
            }
        }
    }
}
