package com.wasmcloud.testkit.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.Codec;
import com.wasmcloud.contract.rpc.Encoding;
import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.nats.Message;
import com.wasmcloud.nkeys.KeyPair;
import com.wasmcloud.nkeys.KeyRole;
import com.wasmcloud.provider.Health;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.host.HostForm;
import com.wasmcloud.testkit.host.TestActor;
import com.wasmcloud.testkit.host.TestHost;
import com.wasmcloud.testkit.host.TestInvocation;
import com.wasmcloud.testkit.host.TestProvider;
import com.wasmcloud.testkit.servers.NatsServer;
import com.wasmcloud.testkit.servers.Servers;
import com.wasmcloud.wasmbus.Invocation;
import com.wasmcloud.wasmbus.InvocationResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(Servers.class)
class InvocationsTest {
    private static final Bytes NOTHING = Bytes.EMPTY;

    private final NatsServer nats;
    private final Echo echo = new Echo();

    InvocationsTest(NatsServer nats) {
        this.nats = nats;
    }

    @ParameterizedTest
    @EnumSource(HostForm.class)
    void servesCallsOfEveryHostFamily(HostForm form) {
        try (TestHost host = TestHost.start(nats, form)) {
            TestActor actor = host.actor();
            TestProvider provider = host.provider(Echo.CONTRACT)
                    .link(actor, Map.of("v", "hello"))
                    .start(echo.provider());
            Echo.Service calling = actor.calling(provider, Echo.CONTRACT);
            assertThat(Await.result(calling.value())).isEqualTo("hello");
            assertThat(Await.result(calling.echo(Bytes.utf8("abc")))).isEqualTo(Bytes.utf8("abc"));
        }
    }

    @ParameterizedTest
    @EnumSource(HostForm.class)
    void callsActorsOfEveryHostFamily(HostForm form) {
        try (TestHost host = TestHost.start(nats, form)) {
            TestActor actor = host.actor();
            actor.serves((operation, argument) -> CompletableFuture.completedFuture(argument));
            TestProvider provider =
                    host.provider(Echo.CONTRACT).link(actor, Map.of()).start(echo.provider());
            Echo.Service calling = actor.calling(provider, Echo.CONTRACT);
            assertThat(Await.result(calling.callBack(Bytes.utf8("abc")))).isEqualTo(Bytes.utf8("abc"));
        }
    }

    @Test
    void tellsAnActorThatIsAwayFromOneThatIsSilent() {
        try (TestHost host = TestHost.start(nats)) {
            TestActor away = host.actor();
            TestActor silent = host.actor();
            silent.serves((operation, argument) -> new CompletableFuture<>());
            TestProvider provider = host.provider(Echo.CONTRACT)
                    .rpcTimeout(Duration.ofMillis(200))
                    .link(away, Map.of())
                    .link(silent, Map.of())
                    .start(echo.provider());
            assertThatThrownBy(() ->
                            Await.result(away.calling(provider, Echo.CONTRACT).callBack(NOTHING)))
                    .hasMessage("rpc: Echo.Echo to " + away.key() + " reached nobody; is it running in this lattice?");
            assertThatThrownBy(() ->
                            Await.result(silent.calling(provider, Echo.CONTRACT).callBack(NOTHING)))
                    .hasMessage("timeout: Echo.Echo to " + silent.key() + " was not answered within 200 ms");
        }
    }

    @Test
    void refusesWhatTheClaimsDoNotCoverAndLivesOn() {
        try (TestHost host = TestHost.start(nats)) {
            TestActor actor = host.actor();
            TestActor stranger = host.actor();
            TestProvider provider =
                    host.provider(Echo.CONTRACT).link(actor, Map.of("v", "x")).start(echo.provider());
            TestInvocation honest = actor.invocation(provider, "Echo.Value", NOTHING);
            refuses(
                    honest.signedBy(KeyPair.generate(KeyRole.CLUSTER)),
                    "Issuer of this invocation is not in list of cluster issuers");
            refuses(stranger.invocation(provider, "Echo.Value", NOTHING), "unlinked actor: '" + stranger.key() + "'");
            assertThatThrownBy(() ->
                            Await.result(honest.field("msg", Bytes.utf8("x")).send()))
                    .hasMessageStartingWith("Invocation hash does not match signed claims hash (");
            assertThat(Await.result(actor.calling(provider, Echo.CONTRACT).value()))
                    .isEqualTo("x");
        }
    }

    @Test
    void saysWhichOperationItDoesNotHave() {
        try (TestHost host = TestHost.start(nats)) {
            TestActor actor = host.actor();
            TestProvider provider =
                    host.provider(Echo.CONTRACT).link(actor, Map.of()).start(echo.provider());
            refuses(actor.invocation(provider, "Echo.Nothing", NOTHING), "method not handled Echo::Nothing");
            refuses(actor.invocation(provider, "Xyz.Foo", NOTHING), "method not handled Xyz.Foo - unknown method");
            refuses(actor.invocation(provider, "foo", NOTHING), "method not handled _.foo - unknown method");
        }
    }

    @Test
    void answersFailuresItDidNotExpectWithoutTheirDetails() {
        try (TestHost host = TestHost.start(nats)) {
            TestActor actor = host.actor();
            TestProvider provider =
                    host.provider(Echo.CONTRACT).link(actor, Map.of()).start(echo.provider());
            refuses(
                    actor.invocation(provider, "Echo.Fail", NOTHING),
                    "internal error in the provider during Echo.Fail; its log has the cause");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"throws an error", "returns no stage", "completes with an error"})
    void answersWhateverASessionThrowsAndGivesBackWhatTheCallHeld(String way) {
        try (TestHost host = TestHost.start(nats)) {
            TestActor actor = host.actor();
            TestProvider provider = host.provider(Echo.CONTRACT)
                    .config("{\"provider\":{\"max_calls\":1}}")
                    .link(actor, Map.of("v", way))
                    .start(echo.provider());
            for (int i = 0; i < 3; i++) {
                refuses(
                        actor.invocation(provider, "Echo.Fail", NOTHING),
                        "internal error in the provider during Echo.Fail; its log has the cause");
            }
        }
    }

    @Test
    void shortensTextsThatNoMessageHasRoomFor() {
        try (TestHost host = TestHost.start(nats)) {
            TestActor actor = host.actor();
            TestProvider provider = host.provider(Echo.CONTRACT)
                    .link(actor, Map.of("v", "fails at length"))
                    .start(echo.provider());
            assertThatThrownBy(() ->
                            Await.result(actor.calling(provider, Echo.CONTRACT).fail()))
                    .hasMessageStartingWith("long: xxxx");
            echo.health.put(actor.key(), () -> Health.unhealthy("y".repeat(2_000_000)));
            assertThat(provider.health().reason()).startsWith("link of actor " + actor.key() + ": yyyy");
        }
    }

    @Test
    void leavesRoomForOtherLinksWhenOneTakesAllTheCallsItCan() {
        try (TestHost host = TestHost.start(nats)) {
            TestActor greedy = host.actor();
            TestActor quiet = host.actor();
            TestProvider provider = host.provider(Echo.CONTRACT)
                    .config("{\"provider\":{\"max_calls\":20}}")
                    .link(greedy, Map.of("v", "greedy"))
                    .link(quiet, Map.of("v", "quiet"))
                    .start(echo.provider());
            Echo.Service hanging = greedy.calling(provider, Echo.CONTRACT);
            List<CompletionStage<Void>> calls = new ArrayList<>();
            IntStream.range(0, 60).forEach(i -> calls.add(hanging.hang()));
            Await.until(
                    "all that are too many are refused",
                    () -> calls.stream()
                                    .filter(call -> call.toCompletableFuture().isCompletedExceptionally())
                                    .count()
                            == 40);
            for (int i = 0; i < 20; i++) {
                assertThat(Await.result(quiet.calling(provider, Echo.CONTRACT).value()))
                        .isEqualTo("quiet");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "c0", "80", "93010203", "df7fffffff", "c6ffffffff", "7b7d", "88a66f726967696e83"})
    void answersGarbage(String hex) {
        try (TestHost host = TestHost.start(nats)) {
            TestProvider provider = host.provider(Echo.CONTRACT).start(echo.provider());
            Bytes reply =
                    host.request(provider.subject(), Bytes.wrap(HexFormat.of().parseHex(hex)));
            InvocationResponse response = InvocationResponse.CODEC.decode(reply, Encoding.MSGPACK);
            assertThat(response.invocationId()).isEmpty();
            assertThat(response.contentLength()).contains(0L);
            assertThat(response.error().orElse("")).startsWith("deser error: deserialization: ");
        }
    }

    @Test
    void survivesGarbageOnEverySubject() {
        try (TestHost host = TestHost.start(nats)) {
            TestActor actor = host.actor();
            TestProvider provider =
                    host.provider(Echo.CONTRACT).link(actor, Map.of("v", "x")).start(echo.provider());
            for (String subject : List.of("", ".linkdefs.put", ".linkdefs.del")) {
                for (String hex : List.of("", "00", "7b", "c1", "85a86163746f725f6964", "ffffffff")) {
                    host.publish(
                            provider.subject() + subject,
                            Bytes.wrap(HexFormat.of().parseHex(hex)));
                }
            }
            assertThat(host.request(provider.subject() + ".health", Bytes.utf8("\u0000garbage")))
                    .isEqualTo(Bytes.wrap(HexFormat.of().parseHex("81a76865616c746879c3")));
            assertThat(Await.result(actor.calling(provider, Echo.CONTRACT).value()))
                    .isEqualTo("x");
        }
    }

    @Test
    void servesManyCallsAtOnceAndAnswersEachWithItsOwnResult() {
        try (TestHost host = TestHost.start(nats)) {
            TestActor actor = host.actor();
            TestProvider provider =
                    host.provider(Echo.CONTRACT).link(actor, Map.of()).start(echo.provider());
            Echo.Service calling = actor.calling(provider, Echo.CONTRACT);
            List<CompletionStage<Bytes>> answers = new ArrayList<>();
            IntStream.range(0, 500).forEach(i -> answers.add(calling.echo(Bytes.utf8("payload " + i))));
            for (int i = 0; i < 500; i++) {
                assertThat(Await.result(answers.get(i))).isEqualTo(Bytes.utf8("payload " + i));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"max_calls", "max_calls_per_link"})
    void refusesCallsBeyondTheBoundAtOnce(String setting) {
        try (TestHost host = TestHost.start(nats)) {
            TestActor actor = host.actor();
            TestProvider provider = host.provider(Echo.CONTRACT)
                    .config("{\"provider\":{\"" + setting + "\":1}}")
                    .link(actor, Map.of("v", "x"))
                    .start(echo.provider());
            Echo.Service calling = actor.calling(provider, Echo.CONTRACT);
            CompletionStage<Void> first = calling.hang();
            Echo.Session session = echo.sessions.element();
            Await.result(session.hangs);
            assertThatThrownBy(() -> Await.result(calling.value())).hasMessageStartingWith("overloaded: ");
            session.hanging.complete(null);
            Await.result(first);
            Await.until("the provider takes calls again", () -> {
                try {
                    return Await.result(calling.value()).equals("x");
                } catch (RpcException stillFull) {
                    return false;
                }
            });
        }
    }

    @Test
    void passesTheTraceOnToActors() {
        Map<String, String> trace = Map.of("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        for (HostForm form : List.of(HostForm.RUST, HostForm.OTP)) {
            try (TestHost host = TestHost.start(nats, form)) {
                TestActor actor = host.actor();
                Queue<Message> seen = new ConcurrentLinkedQueue<>();
                host.connection().subscribe(host.subjects().actor(actor.key()), seen::add);
                TestProvider provider =
                        host.provider(Echo.CONTRACT).link(actor, Map.of()).start(echo.provider());
                Bytes empty = Codec.BYTES.encode(NOTHING, Encoding.MSGPACK);
                CompletionStage<Bytes> answer = actor.invocation(provider, "Echo.CallBack", empty)
                        .traced(trace)
                        .send();
                Await.until("the actor is called", () -> !seen.isEmpty());
                Message call = seen.element();
                Invocation invocation = Invocation.CODEC.decode(call.payload(), Encoding.MSGPACK);
                assertThat(call.headers()).isEqualTo(trace);
                assertThat(invocation.traceContext()).contains(trace);
                host.publish(
                        Objects.requireNonNull(call.replyTo()),
                        InvocationResponse.CODEC.encode(
                                InvocationResponse.of(invocation.id(), empty), Encoding.MSGPACK));
                assertThat(Await.result(answer)).isEqualTo(empty);
            }
        }
    }

    private static void refuses(TestInvocation invocation, String text) {
        assertThatThrownBy(() -> Await.result(invocation.send()))
                .isInstanceOf(RpcException.class)
                .hasMessage(text);
    }
}
