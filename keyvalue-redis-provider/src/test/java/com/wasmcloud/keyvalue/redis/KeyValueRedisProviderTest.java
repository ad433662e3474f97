package com.wasmcloud.keyvalue.redis;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.contract.keyvalue.KeyValue;
import com.wasmcloud.contract.keyvalue.KeyValueContract;
import com.wasmcloud.contract.keyvalue.SetRequest;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.host.TestActor;
import com.wasmcloud.testkit.host.TestHost;
import com.wasmcloud.testkit.host.TestProvider;
import com.wasmcloud.testkit.servers.NatsServer;
import com.wasmcloud.testkit.servers.RedisServer;
import com.wasmcloud.testkit.servers.Servers;
import com.wasmcloud.testkit.suites.KeyValueContractTest;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The whole provider, with a host, a lattice and actors around it. */
@ExtendWith(Servers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeyValueRedisProviderTest extends KeyValueContractTest {
    private final TestHost host;
    private final TestProvider provider;
    private final RedisServer redis;
    private final KeyValue keyValue;

    KeyValueRedisProviderTest(NatsServer nats, RedisServer redis) {
        this.redis = redis;
        host = TestHost.start(nats);
        provider = host.provider(KeyValueContract.INSTANCE)
                .config("{\"Url\":\"%s\"}".formatted(redis.url()))
                .start(KeyValueRedisProvider.provider());
        keyValue = linked(Map.of());
    }

    @AfterAll
    void close() {
        host.close();
    }

    @Override
    protected KeyValue keyValue() {
        return keyValue;
    }

    @Test
    void aLinksUrlComesBeforeTheStartUpConfiguration() {
        KeyValue other = linked(Map.of("uRL", redis.url() + "/5"));

        Await.result(other.set(new SetRequest("only-there", "value", 0)));

        assertThat(Await.result(keyValue.get("only-there")).exists()).isFalse();
        assertThat(Await.result(other.get("only-there")).exists()).isTrue();
    }

    @Test
    void aLinkThatCannotBeUsedIsRefusedWithEveryReason() {
        TestActor actor = host.actor();
        provider.link(actor, Map.of("URL", "redis://:secret@host:none", "command_timeout_ms", "never"));

        Await.until("the link is refused", () -> failure(actor).contains("'url'"));
        assertThat(failure(actor))
                .startsWith("unlinked actor: '" + actor.key() + "': setting 'url' must have a port from 1 to 65535")
                .contains("setting 'command_timeout_ms' must be a whole number")
                .doesNotContain("secret");
        provider.unlink(actor);
    }

    @Test
    void aRedisThatIsAwayIsSaidByHealthAndCalls() {
        try (RedisServer away = RedisServer.start()) {
            away.stop();
            TestActor actor = host.actor();
            provider.linkAndAwait(actor, Map.of("URL", away.url()));

            String refused = "127.0.0.1:%d: connection refused; trying again".formatted(away.port());
            Await.until("the call fails", () -> failure(actor).equals("redis error: cannot reach " + refused));
            assertThat(provider.awaitUnhealthy())
                    .contains("link of actor " + actor.key() + ": cannot reach Redis at " + refused);

            away.restart();
            provider.awaitHealthy();
            assertThat(failure(actor)).isEqualTo("it did not fail");
            provider.unlink(actor);
            provider.awaitUnlinked(actor);
        }
    }

    private KeyValue linked(Map<String, String> values) {
        TestActor actor = host.actor();
        provider.linkAndAwait(actor, values);
        provider.awaitHealthy();
        return actor.calling(provider, KeyValueContract.INSTANCE);
    }

    private String failure(TestActor actor) {
        return Links.failure(actor.calling(provider, KeyValueContract.INSTANCE).get("key"));
    }
}
