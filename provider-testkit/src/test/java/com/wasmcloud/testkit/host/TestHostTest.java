package com.wasmcloud.testkit.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wasmcloud.contract.httpserver.HttpRequest;
import com.wasmcloud.contract.httpserver.HttpResponse;
import com.wasmcloud.contract.httpserver.HttpServer;
import com.wasmcloud.contract.httpserver.HttpServerContract;
import com.wasmcloud.contract.keyvalue.IncrementRequest;
import com.wasmcloud.contract.keyvalue.KeyValue;
import com.wasmcloud.contract.keyvalue.KeyValueContract;
import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.contract.rpc.RpcException.Code;
import com.wasmcloud.nkeys.KeyPair;
import com.wasmcloud.nkeys.KeyRole;
import com.wasmcloud.provider.CallOptions;
import com.wasmcloud.provider.Health;
import com.wasmcloud.provider.HealthReporter;
import com.wasmcloud.provider.Link;
import com.wasmcloud.provider.Provider;
import com.wasmcloud.provider.support.Budget;
import com.wasmcloud.provider.telemetry.Telemetry;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.servers.NatsServer;
import com.wasmcloud.testkit.servers.Servers;
import com.wasmcloud.wasmbus.Entity;
import com.wasmcloud.wasmbus.Outbound;
import com.wasmcloud.wasmbus.Wasmbus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(Servers.class)
class TestHostTest {
    private static final Bytes KEY = Bytes.wrap(new byte[] {(byte) 0xa3, 'f', 'o', 'o'});

    private final NatsServer nats;

    TestHostTest(NatsServer nats) {
        this.nats = nats;
    }

    @ParameterizedTest
    @EnumSource
    void linksActorsWithAProviderAndUnlinksThem(HostForm form) {
        try (TestHost host = TestHost.start(nats, form)) {
            TestActor before = host.actor();
            TestProvider provider = host.provider(KeyValueContract.INSTANCE)
                    .link(before, Map.of())
                    .start(InMemoryProvider.PROVIDER);
            TestActor later = host.actor();
            assertThat(provider.isLinked(before)).isTrue();
            assertThat(provider.isLinked(later)).isFalse();

            provider.linkAndAwait(later, Map.of());
            assertThat(increment(provider, before)).isEqualTo(1);
            assertThat(increment(provider, later)).isEqualTo(1);

            provider.unlink(before);
            provider.awaitUnlinked(before);
            assertThatThrownBy(() -> increment(provider, before))
                    .isInstanceOf(RpcException.class)
                    .hasMessage("unlinked actor: '%s'", before.key());
            assertThat(increment(provider, later)).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void hearsHowAProviderIs(HostForm form) {
        try (TestHost host = TestHost.start(nats, form)) {
            TestProvider provider = host.provider(HttpServerContract.INSTANCE)
                    .start(Provider.named("patient").speaks(Wasmbus.calls(HttpServerContract.INSTANCE, Patient::new)));
            assertThat(provider.health()).isEqualTo(Health.HEALTHY);

            TestActor actor = host.actor();
            provider.link(actor, Map.of("ill", "no disk"));
            assertThat(provider.awaitUnhealthy()).contains("no disk");

            provider.unlink(actor);
            provider.awaitHealthy();
        }
    }

    @ParameterizedTest
    @EnumSource
    void stopsAProvider(HostForm form) {
        try (TestHost host = TestHost.start(nats, form)) {
            TestProvider provider = host.provider(KeyValueContract.INSTANCE).start(InMemoryProvider.PROVIDER);

            assertThat(provider.shutdown()).isEqualTo("shutting down");
            Await.until("nobody listens any more", () -> !answers(provider));
        }
    }

    @ParameterizedTest
    @EnumSource
    void forgesCallsInManyWays(HostForm form) {
        try (TestHost host = TestHost.start(nats, form)) {
            TestActor actor = host.actor();
            TestProvider provider = host.provider(KeyValueContract.INSTANCE)
                    .link(actor, Map.of())
                    .start(InMemoryProvider.PROVIDER);
            TestInvocation call = actor.invocation(provider, "KeyValue.Get", KEY);
            assertThat(error(call)).isEmpty();

            assertThat(error(call.signedBy(KeyPair.generate(KeyRole.CLUSTER))))
                    .isEqualTo("Issuer of this invocation is not in list of cluster issuers");
            assertThat(error(call.claim("iss", KeyPair.generate(KeyRole.CLUSTER).publicKey())))
                    .isEqualTo("Invocation claims signature invalid");
            assertThat(error(call.claim("exp", 1_000_000_000L))).isEqualTo("Invocation claims token expired");
            assertThat(error(call.claim("nbf", 4_000_000_000L)))
                    .isEqualTo("Attempt to use invocation before claims token allows");
            assertThat(error(call.claim("hash", "00"))).startsWith("Invocation hash does not match");
            assertThat(error(call.claim("target_url", "wasmbus://x/KeyValue.Get")))
                    .contains("target URL do not match");
            assertThat(error(call.claim("origin_url", "wasmbus://x"))).contains("origin URL do not match");
            assertThat(error(call.claim("wascap", null))).isEqualTo("No wascap metadata found on claims");
            assertThat(error(call.field("operation", "KeyValue.Del"))).startsWith("Invocation hash does not match");
            assertThat(error(call.field("msg", Bytes.utf8("else")))).startsWith("Invocation hash does not match");
            assertThat(error(call.field("encoded_claims", "x.y"))).contains("expected 3 segments, found 2");
            assertThat(error(call.field("host_id", "somebody"))).isEqualTo("Invalid host ID on invocation: 'somebody'");
            assertThat(error(call.origin(Entity.actor(host.actor().key())))).startsWith("unlinked actor");
            String other = KeyPair.generate(KeyRole.PROVIDER).publicKey();
            assertThat(error(call.target(new Entity(other, "default", "wasmcloud:keyvalue"))))
                    .startsWith("target key mismatch: " + other);
            assertThat(host.request(provider.subject(), Bytes.utf8("no call at all"))
                            .toUtf8())
                    .contains("deser error: ");
        }
    }

    @Test
    void answersQuestionsForAllLinks() {
        try (TestHost host = TestHost.start(nats)) {
            TestActor actor = host.actor();
            TestProvider provider = host.provider(KeyValueContract.INSTANCE)
                    .link(actor, Map.of("a", "b"))
                    .start(InMemoryProvider.PROVIDER);
            Await.until("the provider has asked", () -> host.linkQuestions() == 1);
            String subject = host.subjects().allLinks();
            String answer = host.request(subject, Bytes.EMPTY).toUtf8();
            assertThat(answer)
                    .isEqualTo(
                            "{\"links\":[{\"actor_id\":\"%s\",\"provider_id\":\"%s\",\"link_name\":\"default\",\"contract_id\":\"wasmcloud:keyvalue\",\"values\":{\"a\":\"b\"}}]}",
                            actor.key(), provider.key());

            host.answerLinkQuestions(LinkAnswers.STALE);
            provider.link(host.actor(), Map.of());
            assertThat(host.request(subject, Bytes.EMPTY).toUtf8()).isEqualTo(answer);
            host.answerLinkQuestions(LinkAnswers.MALFORMED);
            assertThat(host.request(subject, Bytes.EMPTY).toUtf8()).isNotEmpty().doesNotEndWith("}");
            host.answerLinkQuestions(LinkAnswers.ABSENT);
            assertThatThrownBy(() -> host.request(subject, Bytes.EMPTY)).satisfies(hasCode(Code.UNREACHABLE));
            host.answerLinkQuestions(LinkAnswers.CURRENT);
            assertThat(host.request(subject, Bytes.EMPTY).toUtf8()).hasSizeGreaterThan(answer.length());
            assertThat(host.linkQuestions()).isEqualTo(5);
        }
    }

    @Test
    void losesAndRepeatsMessagesAboutLinks() {
        try (TestHost host = TestHost.start(nats)) {
            TestProvider provider = host.provider(KeyValueContract.INSTANCE).start(InMemoryProvider.PROVIDER);
            Await.until("the provider has asked", () -> host.linkQuestions() == 1);
            TestActor actor = host.actor();

            host.loseLinkMessages(true);
            provider.link(actor, Map.of());
            assertThat(provider.isLinked(actor)).isFalse();

            host.loseLinkMessages(false);
            host.repeatLinks();
            provider.awaitLinked(actor);
        }
    }

    @ParameterizedTest
    @EnumSource
    void hasActorsThatProvidersCanCall(HostForm form) {
        try (TestHost host = TestHost.start(nats, form)) {
            TestActor actor = host.actor();
            HttpServer side = providerSide(host, actor).actor(HttpServerContract.INSTANCE);
            assertThatThrownBy(() -> Await.result(side.handleRequest(request("nobody there yet"))))
                    .satisfies(hasCode(Code.UNREACHABLE));

            actor.serves(HttpServerContract.INSTANCE, TestHostTest::echo);

            assertThat(Await.result(side.handleRequest(request("größer")))
                            .body()
                            .toUtf8())
                    .isEqualTo("größer");
            String large = "0123456789".repeat(100_000);
            assertThat(Await.result(side.handleRequest(request(large))).body().toUtf8())
                    .isEqualTo(large);
            assertThatThrownBy(() -> Await.result(side.handleRequest(request("fail"))))
                    .hasMessage("the actor fails")
                    .satisfies(hasCode(Code.REMOTE));

            actor.leaves();
            assertThatThrownBy(() -> Await.result(side.handleRequest(request("hello"))))
                    .satisfies(hasCode(Code.UNREACHABLE));
        }
    }

    @Test
    void refusesForgedCallsOfProvidersAsHostsDo() {
        for (HostForm form : List.of(HostForm.RUST, HostForm.OTP)) {
            try (TestHost host = TestHost.start(nats, form)) {
                TestActor actor = host.actor();
                actor.serves((operation, argument) -> CompletableFuture.completedFuture(argument));
                TestProvider provider = host.provider(HttpServerContract.INSTANCE)
                        .link(actor, Map.of())
                        .start(InMemoryProvider.PROVIDER);
                Entity known = new Entity(provider.key(), "default", "wasmcloud:httpserver");
                KeyPair stranger = KeyPair.generate(KeyRole.CLUSTER);
                String prefix = form == HostForm.OTP ? "Anti-forgery check failed: " : "";

                assertThat(call(host, host.cluster(), host.hostKey(), known, actor))
                        .isEqualTo("answered");
                assertThat(call(host, stranger, host.hostKey(), known, actor))
                        .isEqualTo(prefix + "Issuer of this invocation is not among the list of valid issuers");
                Entity unknown =
                        new Entity(KeyPair.generate(KeyRole.PROVIDER).publicKey(), "default", "wasmcloud:httpserver");
                assertThat(call(host, host.cluster(), host.hostKey(), unknown, actor))
                        .contains(form == HostForm.RUST ? "look up claims for origin" : "required capability claim");
                assertThat(call(host, host.cluster(), "somebody", known, actor))
                        .contains(form == HostForm.RUST ? "invalid host ID" : "answered");
            }
        }
    }

    private static int increment(TestProvider provider, TestActor actor) {
        KeyValue keyValue = actor.calling(provider, KeyValueContract.INSTANCE);
        return Await.result(keyValue.increment(new IncrementRequest("counter", 1)));
    }

    private static boolean answers(TestProvider provider) {
        try {
            provider.health();
            return true;
        } catch (RpcException nobody) {
            return false;
        }
    }

    /** The error text that a call is answered with, empty when it succeeds. */
    private static String error(TestInvocation call) {
        try {
            Await.result(call.send());
            return "";
        } catch (RpcException failure) {
            assertThat(failure.code()).isEqualTo(Code.REMOTE);
            return String.valueOf(failure.getMessage());
        }
    }

    @Test
    void aCallIsSentAtItsTurn() {
        try (TestHost host = TestHost.start(nats)) {
            TestActor actor = host.actor();
            Queue<String> received = new ConcurrentLinkedQueue<>();
            actor.serves(HttpServerContract.INSTANCE, request -> {
                received.add(request.body().toUtf8());
                return echo(request);
            });
            Link link = providerSide(host, actor);
            CompletableFuture<Void> turn = new CompletableFuture<>();
            CompletableFuture<Void> never = new CompletableFuture<>();
            CompletionStage<HttpResponse> later = later(link, turn).handleRequest(request("later"));
            CompletionStage<HttpResponse> unsent = later(link, never).handleRequest(request("unsent"));

            Await.result(link.actor(HttpServerContract.INSTANCE).handleRequest(request("now")));
            assertThat(received).containsExactly("now");
            never.completeExceptionally(new IllegalStateException("no longer wanted"));
            assertThatThrownBy(() -> Await.result(unsent)).hasMessageContaining("no longer wanted");
            turn.complete(null);
            assertThat(Await.result(later).body().toUtf8()).isEqualTo("later");
            assertThat(received).containsExactly("now", "later");
            assertThat(link.memory().used()).isZero();
        }
    }

    private static HttpServer later(Link link, CompletionStage<?> turn) {
        return link.actor(HttpServerContract.INSTANCE, CallOptions.DEFAULT.after(turn));
    }

    /** The link with the actor of a provider that a session would have. */
    private static Link providerSide(TestHost host, TestActor actor) {
        CompletableFuture<Link> opened = new CompletableFuture<>();
        host.provider(HttpServerContract.INSTANCE)
                .link(actor, Map.of())
                .start(Provider.named("caller").speaks(Wasmbus.calls(HttpServerContract.INSTANCE, link -> {
                    opened.complete(link);
                    return () -> {};
                })));
        return Await.result(opened);
    }

    private static HttpRequest request(String body) {
        return new HttpRequest("POST", "/", "", Map.of(), Bytes.utf8(body));
    }

    private static CompletionStage<HttpResponse> echo(HttpRequest request) {
        return request.body().toUtf8().equals("fail")
                ? CompletableFuture.failedFuture(RpcException.of(Code.BACKEND, "the actor fails"))
                : CompletableFuture.completedFuture(new HttpResponse(200, Map.of(), request.body()));
    }

    /** What an actor answers a call with claims of the test's own. */
    private static String call(TestHost host, KeyPair issuer, String hostId, Entity origin, TestActor actor) {
        Outbound outbound = new Outbound(
                host.connection(),
                host.payloads(),
                host.subjects(),
                new Outbound.Signer(issuer, hostId),
                Telemetry.NOTHING);
        Outbound.Call call = new Outbound.Call(
                origin,
                Entity.actor(actor.key()),
                "HttpServer.HandleRequest",
                Bytes.utf8("answered"),
                Duration.ofSeconds(10),
                Map.of());
        try {
            return Await.result(outbound.call(
                            call, new Budget(1 << 20).share(), 0, CompletableFuture.completedFuture(null)))
                    .toUtf8();
        } catch (RpcException refusal) {
            return String.valueOf(refusal.getMessage());
        }
    }

    private static Consumer<Throwable> hasCode(Code code) {
        return failure -> assertThat(failure).isInstanceOfSatisfying(RpcException.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }

    /** A session that is as well as its link says. */
    private record Patient(Link link) implements AutoCloseable, HealthReporter {
        @Override
        public Health health() {
            return link.values().containsKey("ill")
                    ? Health.unhealthy(String.valueOf(link.values().get("ill")))
                    : Health.HEALTHY;
        }

        @Override
        public void close() {}
    }
}
