package com.wasmcloud.keyvalue.redis;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.contract.keyvalue.IncrementRequest;
import com.wasmcloud.contract.keyvalue.SetRequest;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.servers.RedisServer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The server behind an address becomes a replica, and the connections to it stay. */
class ReplicaTest {
    private final Links links = new Links();
    private final RedisServer first = RedisServer.start();
    private final RedisServer second = RedisServer.start();
    private final Relay address = new Relay(first.port());

    @AfterEach
    void close() throws Exception {
        links.close();
        address.close();
        first.close();
        second.close();
    }

    @Test
    void callsThatAReplicaRefusesAreMadeAgainWhereThePrimaryIsNow() {
        RedisKeyValue keyValue = links.connect(address.url());
        Await.result(set(keyValue, "before"));
        failOver();

        List<CompletionStage<?>> calls = Stream.concat(
                        IntStream.range(0, 50).mapToObj(i -> keyValue.increment(new IncrementRequest("counter", 1))),
                        IntStream.range(0, 50).mapToObj(i -> set(keyValue, "after")))
                .<CompletionStage<?>>map(call -> call)
                .toList();

        assertThat(calls.stream().map(Links::failure)).containsOnly("it did not fail");
        assertThat(second.command("GET", "counter")).containsExactly("50");
        assertThat(second.command("GET", "key")).containsExactly("after");
        Links.awaitHealthy(keyValue);
        assertThat(address.connections()).isEqualTo(2);
        Await.until("the connection to the replica is closed", () -> clients(first) == 0);
    }

    @Test
    void aPrimaryThatIsNowhereYetIsSaidAndFoundWhenItIsThere() {
        RedisKeyValue keyValue = links.connect(address.url());
        first.command("REPLICAOF", "127.0.0.1", Integer.toString(second.port()));

        assertThat(Links.failure(set(keyValue, "value")))
                .isEqualTo("redis error: READONLY You can't write against a read only replica.");
        Links.awaitHealth(keyValue, "is a replica, which refuses writes (READONLY)");
        assertThat(Await.result(keyValue.get("key")).exists()).isFalse();

        address.leadTo(second.port());
        Links.awaitHealthy(keyValue);
        Await.result(set(keyValue, "value"));
        assertThat(second.command("GET", "key")).containsExactly("value");
    }

    @Test
    void aReplicaThatBecomesThePrimaryIsHealthyAgain() {
        RedisKeyValue keyValue = links.connect(address.url());
        first.command("REPLICAOF", "127.0.0.1", Integer.toString(second.port()));
        assertThat(Links.failure(set(keyValue, "value"))).startsWith("redis error: READONLY");

        first.command("REPLICAOF", "NO", "ONE");

        Links.awaitHealthy(keyValue);
        Await.result(set(keyValue, "value"));
    }

    private void failOver() {
        first.command("REPLICAOF", "127.0.0.1", Integer.toString(second.port()));
        address.leadTo(second.port());
    }

    private static CompletionStage<Void> set(RedisKeyValue keyValue, String value) {
        return keyValue.set(new SetRequest("key", value, 0));
    }

    /** But for that of the test itself, which comes through the socket. */
    private static long clients(RedisServer server) {
        return server.command("CLIENT", "LIST", "TYPE", "normal")
                .get(0)
                .lines()
                .filter(line -> line.contains(" addr=127.0.0.1:"))
                .count();
    }
}
