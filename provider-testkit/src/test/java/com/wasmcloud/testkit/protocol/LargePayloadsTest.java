package com.wasmcloud.testkit.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.nats.NatsAccess;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.host.HostForm;
import com.wasmcloud.testkit.host.TestActor;
import com.wasmcloud.testkit.host.TestHost;
import com.wasmcloud.testkit.host.TestInvocation;
import com.wasmcloud.testkit.host.TestProvider;
import com.wasmcloud.testkit.servers.NatsServer;
import com.wasmcloud.testkit.servers.Servers;
import com.wasmcloud.wasmbus.LargePayloads;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(Servers.class)
class LargePayloadsTest {
    private static final int ENVELOPE = 5; // of a binary value this long
    private static final Bytes TWO_MIB = random(2 * 1024 * 1024 + 1);

    private final NatsServer nats;
    private final Echo echo = new Echo();

    LargePayloadsTest(NatsServer nats) {
        this.nats = nats;
    }

    @ParameterizedTest
    @EnumSource(HostForm.class)
    void travelBothWaysBetweenActorAndProvider(HostForm form) {
        try (TestHost host = TestHost.start(nats, form)) {
            TestActor actor = host.actor();
            actor.serves((operation, argument) -> CompletableFuture.completedFuture(argument));
            TestProvider provider =
                    host.provider(Echo.CONTRACT).link(actor, Map.of()).start(echo.provider());
            Echo.Service calling = actor.calling(provider, Echo.CONTRACT);
            assertThat(Await.result(calling.echo(TWO_MIB))).isEqualTo(TWO_MIB);
            assertThat(Await.result(calling.callBack(TWO_MIB))).isEqualTo(TWO_MIB);
        }
    }

    @Test
    void goThroughTheStoreOnlyAboveTheLimit() {
        try (NatsServer small = NatsServer.setup().withoutJetStream().start();
                TestHost host = TestHost.start(small)) {
            TestActor actor = host.actor();
            TestProvider provider =
                    host.provider(Echo.CONTRACT).link(actor, Map.of()).start(echo.provider());
            Echo.Service calling = actor.calling(provider, Echo.CONTRACT);
            int largest = LargePayloads.LARGEST_INLINE - ENVELOPE;
            assertThat(Await.result(calling.grow(largest)).size()).isEqualTo(largest);
            assertThatThrownBy(() -> Await.result(calling.grow(largest + 1)))
                    .hasMessageStartingWith("nats: cannot store the payload ")
                    .hasMessageEndingWith("payloads above 900 KiB need JetStream (nats-server -js)");
        }
    }

    @Test
    void useTheDomainThatTheHostNames() {
        try (NatsServer domain = NatsServer.setup().jetStreamDomain("hub").start();
                TestHost host = TestHost.start(
                        NatsAccess.anonymous(domain.url()), TestHost.newLattice(), HostForm.OTP, "hub")) {
            TestActor actor = host.actor();
            TestProvider provider =
                    host.provider(Echo.CONTRACT).link(actor, Map.of()).start(echo.provider());
            assertThat(Await.result(actor.calling(provider, Echo.CONTRACT).echo(TWO_MIB)))
                    .isEqualTo(TWO_MIB);
        }
    }

    @Test
    void areRefusedBeforeTheyAreReadWhenTheyAreTooLarge() {
        try (TestHost host = TestHost.start(nats)) {
            TestActor actor = host.actor();
            TestProvider provider = host.provider(Echo.CONTRACT)
                    .config("{\"provider\":{\"largest_payload_bytes\":1048576}}")
                    .link(actor, Map.of())
                    .start(echo.provider());
            assertThatThrownBy(() ->
                            Await.result(actor.calling(provider, Echo.CONTRACT).echo(TWO_MIB)))
                    .hasMessageContaining("is larger than the 1048576 this side takes");
            TestInvocation announced = actor.invocation(provider, "Echo.Echo", Bytes.EMPTY);
            assertThatThrownBy(() -> Await.result(
                            announced.field("content_length", Long.MAX_VALUE).send()))
                    .hasMessageContaining("9223372036854775807 bytes");
            assertThatThrownBy(() -> Await.result(
                            announced.field("content_length", 1_000_000).send()))
                    .hasMessageStartingWith("nats: error starting to receive chunked stream for inv " + announced.id())
                    .hasMessageContaining("holds no payload");
        }
    }

    @Test
    void countAmongTheBytesInFlightFromWhenTheyAreAnnounced() {
        try (TestHost host = TestHost.start(nats)) {
            TestActor actor = host.actor();
            TestProvider provider = host.provider(Echo.CONTRACT)
                    .config("{\"provider\":{\"max_call_bytes\":1048576}}")
                    .link(actor, Map.of())
                    .start(echo.provider());
            Echo.Service calling = actor.calling(provider, Echo.CONTRACT);
            assertThat(Await.result(calling.echo(TWO_MIB))).as("alone").isEqualTo(TWO_MIB);
            CompletionStage<Void> other = calling.hang();
            Await.result(echo.sessions.element().hangs);
            assertThatThrownBy(() -> Await.result(calling.echo(TWO_MIB)))
                    .hasMessageStartingWith("overloaded: ")
                    .hasMessageContaining(" no room for 2097158 bytes more");
            echo.sessions.element().hanging.complete(null);
            Await.result(other);
            Await.until("it is alone again", () -> {
                try {
                    return Await.result(calling.echo(TWO_MIB)).equals(TWO_MIB);
                } catch (RpcException stillOverloaded) {
                    return false;
                }
            });
        }
    }

    @Test
    void makeTheirBucketAgainWhenItHasGone() {
        try (TestHost host = TestHost.start(nats)) {
            TestActor actor = host.actor();
            TestProvider provider =
                    host.provider(Echo.CONTRACT).link(actor, Map.of()).start(echo.provider());
            Echo.Service calling = actor.calling(provider, Echo.CONTRACT);
            for (int i = 0; i < 2; i++) {
                assertThat(Await.result(calling.grow(2_000_000)).size()).isEqualTo(2_000_000);
                host.request("$JS.API.STREAM.DELETE.OBJ_" + host.lattice(), Bytes.EMPTY);
            }
            assertThat(Await.result(calling.echo(TWO_MIB))).isEqualTo(TWO_MIB);
        }
    }

    @Test
    void areNoneWhenOnlyTheServerHasNoRoomForThem() {
        try (NatsServer small = NatsServer.setup().line("max_payload: 262144").start();
                TestHost host = TestHost.start(small)) {
            TestActor actor = host.actor();
            TestProvider provider =
                    host.provider(Echo.CONTRACT).link(actor, Map.of()).start(echo.provider());
            assertThatThrownBy(() ->
                            Await.result(actor.calling(provider, Echo.CONTRACT).grow(400_000)))
                    .hasMessageContaining("262144")
                    .hasMessageContaining("max_payload");
            assertThatThrownBy(() -> Await.result(
                            echo.sessions.element().link.actor(Echo.CONTRACT).echo(Bytes.wrap(new byte[400_000]))))
                    .hasMessageContaining("262144");
            assertThat(Await.result(actor.calling(provider, Echo.CONTRACT).grow(2_000_000))
                            .size())
                    .as("through the object store, in chunks that the server takes")
                    .isEqualTo(2_000_000);
        }
    }

    @Test
    void goThroughTheStoreBelowTheLimitForHostsThatLookThere() {
        try (NatsServer small = NatsServer.setup().line("max_payload: 262144").start();
                TestHost host = TestHost.start(small, HostForm.OTP)) {
            TestActor actor = host.actor();
            TestProvider provider =
                    host.provider(Echo.CONTRACT).link(actor, Map.of()).start(echo.provider());
            assertThat(Await.result(actor.calling(provider, Echo.CONTRACT).grow(400_000))
                            .size())
                    .isEqualTo(400_000);
        }
    }

    @Test
    void waitForTheirTurnWhenThereIsNoMemoryForAllOfThem() {
        try (TestHost host = TestHost.start(nats)) {
            TestActor actor = host.actor();
            TestProvider provider = host.provider(Echo.CONTRACT)
                    .config("{\"provider\":{\"memory_bytes\":2097152}}")
                    .link(actor, Map.of("v", "x"))
                    .start(echo.provider());
            Echo.Service calling = actor.calling(provider, Echo.CONTRACT);
            List<CompletionStage<Bytes>> results = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                results.add(calling.grow(1_500_000));
            }
            results.forEach(result -> assertThat(Await.result(result).size()).isEqualTo(1_500_000));
            assertThatThrownBy(() -> Await.result(calling.grow(3_000_000))).hasMessageStartingWith("overloaded: ");
            assertThat(Await.result(calling.value())).isEqualTo("x");
        }
    }

    private static Bytes random(int size) {
        byte[] bytes = new byte[size];
        new Random(7).nextBytes(bytes);
        return Bytes.wrap(bytes);
    }
}
