package com.wasmcloud.testkit.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.nkeys.KeyPair;
import com.wasmcloud.nkeys.KeyRole;
import com.wasmcloud.provider.Health;
import com.wasmcloud.provider.Running;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.host.HostForm;
import com.wasmcloud.testkit.host.TestActor;
import com.wasmcloud.testkit.host.TestHost;
import com.wasmcloud.testkit.host.TestProvider;
import com.wasmcloud.testkit.servers.NatsServer;
import com.wasmcloud.testkit.servers.Servers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.logging.Filter;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(Servers.class)
class LifecycleTest {
    private final NatsServer nats;
    private final Echo echo = new Echo();

    LifecycleTest(NatsServer nats) {
        this.nats = nats;
    }

    @ParameterizedTest
    @EnumSource(HostForm.class)
    void acknowledgesAStopAndClosesEverything(HostForm form) {
        try (TestHost host = TestHost.start(nats, form)) {
            TestActor actor = host.actor();
            TestProvider provider =
                    host.provider(Echo.CONTRACT).link(actor, Map.of()).start(echo.provider());
            assertThat(provider.shutdown()).isEqualTo("shutting down");
            assertThat(echo.sessions).isNotEmpty();
            echo.sessions.forEach(session -> Await.result(session.closed));
        }
    }

    @Test
    void finishesCallsInFlightBeforeItStops() {
        try (TestHost host = TestHost.start(nats)) {
            TestActor actor = host.actor();
            TestProvider provider =
                    host.provider(Echo.CONTRACT).link(actor, Map.of()).start(echo.provider());
            CompletionStage<Void> call = actor.calling(provider, Echo.CONTRACT).hang();
            Echo.Session session = echo.sessions.element();
            Await.result(session.hangs);
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(provider::close);
            Await.until("it takes no more calls", () -> unless(() -> provider.isLinked(actor)));
            assertThat(session.closed).isNotDone();
            session.hanging.complete(null);
            Await.result(call);
            Await.result(stopped);
            assertThat(session.closed).isDone();
        }
    }

    @Test
    void stopsEvenWhenACallNeverEnds() {
        try (TestHost host = TestHost.start(nats)) {
            TestActor actor = host.actor();
            TestProvider provider =
                    host.provider(Echo.CONTRACT).link(actor, Map.of()).start(echo.provider());
            CompletionStage<Void> call = actor.calling(provider, Echo.CONTRACT).hang();
            Await.result(echo.sessions.element().hangs);
            assertThat(provider.shutdown()).isEqualTo("shutting down");
            assertThat(call.toCompletableFuture()).isNotDone();
        }
    }

    @Test
    void ignoresTheStopOfAnotherHostsProvider() {
        try (TestHost host = TestHost.start(nats)) {
            TestProvider provider = host.provider(Echo.CONTRACT).start(echo.provider());
            assertThatThrownBy(() -> provider.requestShutdown(Bytes.utf8("{\"host_id\":\"NOTHER\"}")))
                    .as("another host's request, which is not even answered")
                    .hasMessageStartingWith("timeout: ");
            assertThat(provider.health().healthy()).isTrue();
        }
    }

    @Test
    void ignoresARequestToStopThatWantsNoAcknowledgement() {
        try (TestHost host = TestHost.start(nats)) {
            TestProvider provider = host.provider(Echo.CONTRACT).start(echo.provider());
            host.publish(provider.subject() + ".shutdown", Bytes.utf8("{\"host_id\":\"" + host.hostKey() + "\"}"));
            assertThat(provider.shutdown()).isEqualTo("shutting down");
        }
    }

    @Test
    void doesNotSayHowItIsBeforeItsLinksHaveComeUp() throws IOException, InterruptedException {
        try (TestHost host = TestHost.start(nats)) {
            TestActor actor = host.actor();
            String key = KeyPair.generate(KeyRole.PROVIDER).publicKey();
            String line =
                    host.provider(Echo.CONTRACT).key(key).link(actor, Map.of()).line();
            AtomicInteger looks = new AtomicInteger();
            echo.health.put(
                    actor.key(),
                    () -> looks.incrementAndGet() <= 2 ? Health.pending("still connecting") : Health.HEALTHY);
            try (Running running = echo.provider().start(line)) {
                assertThat(firstAnswer(host, host.subjects().health(key, "default")))
                        .isEqualTo("81a76865616c746879c3");
                assertThat(running.health().healthy()).isTrue();
            }
        }
    }

    private static String firstAnswer(TestHost host, String subject) {
        while (true) {
            try {
                return host.request(subject, Bytes.EMPTY).toHex();
            } catch (RpcException nobodyThere) {
                assertThat(nobodyThere.code()).isEqualTo(RpcException.Code.UNREACHABLE);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"host_id\":\"\"}", "garbage"})
    void obeysHostsThatDoNotSayWhoTheyAre(String request) {
        try (TestHost host = TestHost.start(nats)) {
            TestProvider provider = host.provider(Echo.CONTRACT).start(echo.provider());
            assertThat(provider.requestShutdown(Bytes.utf8(request))).isEqualTo("shutting down");
            Await.until("it is gone", () -> unless(() -> provider.health().healthy()));
        }
    }

    @Test
    void servesAgainWhenNatsIsBack() {
        try (NatsServer own = NatsServer.start();
                TestHost host = TestHost.start(own)) {
            TestActor actor = host.actor();
            TestProvider provider =
                    host.provider(Echo.CONTRACT).link(actor, Map.of("v", "x")).start(echo.provider());
            own.kill();
            own.restart();
            Await.until(
                    "it serves again",
                    () -> !unless(() -> Await.result(
                                    actor.calling(provider, Echo.CONTRACT).value())
                            .equals("x")));
        }
    }

    @Test
    void saysOnceThatNatsIsLostHoweverOftenItTriesToReachIt() throws IOException {
        Queue<String> lost = new ConcurrentLinkedQueue<>();
        Logger log = Logger.getLogger("com.wasmcloud.nats.Reconnection");
        Filter before = log.getFilter();
        try (NatsServer own = NatsServer.start();
                TestHost host = TestHost.start(own)) {
            TestProvider provider = host.provider(Echo.CONTRACT).start(echo.provider());
            int port = URI.create(own.url()).getPort();
            log.setFilter(entry -> {
                if (entry.getMessage().startsWith("lost NATS")
                        && entry.getMessage().contains(":" + port)) {
                    lost.add(entry.getMessage());
                }
                return before == null || before.isLoggable(entry);
            });
            own.kill();
            try (ServerSocket deaf = new ServerSocket(port, 50, InetAddress.getLoopbackAddress())) {
                for (int attempts = 0; attempts < 8; attempts++) {
                    deaf.accept().close();
                }
            }
            own.restart();
            Await.until("it is back", () -> !unless(() -> provider.health().healthy()));
            assertThat(lost).as("of the host and of the provider").hasSize(2);
        } finally {
            log.setFilter(before);
        }
    }

    /** Whether something does not hold, or cannot be asked. */
    private static boolean unless(BooleanSupplier question) {
        try {
            return !question.getAsBoolean();
        } catch (RpcException nobodyThere) {
            return true;
        }
    }

    @Test
    void saysWhichSeedIsUnusableWithoutShowingIt() {
        String json = "{\"provider_key\":\"V\",\"lattice_rpc_prefix\":\"l\",\"link_name\":\"d\",\"env_values\":{},"
                + "\"link_definitions\":[],\"cluster_issuers\":[],\"invocation_seed\":\"SCSECRET\"}";
        String line = Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> echo.provider().start(line))
                .withMessage("the invocation_seed in the host data is unusable: it does not have the length of a key");
    }
}
