package com.wasmcloud.keyvalue.redis;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.servers.RedisServer;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Links come and go, while one stays and keeps what they share alive. */
class LinkChangesTest {
    private final Links links = new Links();
    private final RedisServer redis = RedisServer.start();

    @AfterEach
    void close() {
        links.close();
        redis.close();
    }

    @Test
    void leaveNothingBehind() {
        RedisKeyValue stays = links.connect(redis.url());
        List<WeakReference<RedisKeyValue>> gone = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            RedisKeyValue link = links.open(redis.url());
            if (i % 2 == 0) {
                Await.result(link.get("key"));
            }
            links.close(link);
            gone.add(new WeakReference<>(link));
        }

        Await.until("their connections are closed", () -> clients() == 2);
        Await.until("their threads have ended", () -> threads() <= 6);
        assertThat(Await.result(stays.get("key")).exists()).isFalse();
        Await.until("nothing refers to them", () -> {
            System.gc();
            return gone.stream().filter(link -> link.get() != null).count() <= 1; // the last one is a local variable
        });
    }

    /** With that of the test itself. */
    private long clients() {
        return redis.command("CLIENT", "LIST", "TYPE", "normal").get(0).lines().count();
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("lettuce"))
                .count();
    }
}
