package com.wasmcloud.testkit.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.provider.Health;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.host.HostForm;
import com.wasmcloud.testkit.host.LinkAnswers;
import com.wasmcloud.testkit.host.TestActor;
import com.wasmcloud.testkit.host.TestHost;
import com.wasmcloud.testkit.host.TestProvider;
import com.wasmcloud.testkit.servers.NatsServer;
import com.wasmcloud.testkit.servers.Servers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(Servers.class)
class LinksTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final NatsServer nats;
    private final Echo echo = new Echo();

    LinksTest(NatsServer nats) {
        this.nats = nats;
    }

    @ParameterizedTest
    @EnumSource(HostForm.class)
    void opensReplacesAndClosesLinksAsTheHostSays(HostForm form) {
        try (TestHost host = TestHost.start(nats, form)) {
            TestActor actor = host.actor();
            TestProvider provider = host.provider(Echo.CONTRACT).start(echo.provider());
            provider.linkAndAwait(actor, Map.of("v", "one"));
            Echo.Service calling = actor.calling(provider, Echo.CONTRACT);
            assertThat(Await.result(calling.value())).isEqualTo("one");
            provider.link(actor, Map.of("v", "one"));
            provider.link(actor, Map.of("v", "two"));
            Await.until(
                    "the new value counts", () -> Await.result(calling.value()).equals("two"));
            assertThat(echo.sessions).hasSize(2);
            Await.result(echo.sessions.element().closed);
            provider.unlink(actor);
            provider.awaitUnlinked(actor);
            assertThat(echo.sessions).allMatch(session -> session.closed.isDone());
            provider.unlink(actor);
            provider.linkAndAwait(actor, Map.of("v", "three"));
            assertThat(Await.result(calling.value())).isEqualTo("three");
        }
    }

    @Test
    void finishesCallsInFlightBeforeItClosesAReplacedSession() {
        try (TestHost host = TestHost.start(nats)) {
            TestActor actor = host.actor();
            TestProvider provider =
                    host.provider(Echo.CONTRACT).link(actor, Map.of("v", "one")).start(echo.provider());
            Echo.Service calling = actor.calling(provider, Echo.CONTRACT);
            CompletionStage<Void> hanging = calling.hang();
            Echo.Session first = echo.sessions.element();
            Await.result(first.hangs);
            provider.link(actor, Map.of("v", "two"));
            Await.until(
                    "the new value counts", () -> Await.result(calling.value()).equals("two"));
            assertThat(first.closed).isNotDone();
            first.hanging.complete(null);
            Await.result(hanging);
            Await.result(first.closed);
        }
    }

    @Test
    void oneBadLinkStopsNeitherTheStartNorTheOthers() {
        try (TestHost host = TestHost.start(nats)) {
            TestActor good = host.actor();
            TestActor bad = host.actor();
            TestProvider provider = host.provider(Echo.CONTRACT)
                    .link(bad, Map.of("v", "bad"))
                    .link(good, Map.of("v", "good"))
                    .start(echo.provider());
            assertThat(Await.result(good.calling(provider, Echo.CONTRACT).value()))
                    .isEqualTo("good");
            assertThatThrownBy(() ->
                            Await.result(bad.calling(provider, Echo.CONTRACT).value()))
                    .hasMessage("unlinked actor: '" + bad.key() + "': setting 'v' must not be bad");
            assertThat(provider.awaitUnhealthy())
                    .isEqualTo("link of actor " + bad.key() + ": setting 'v' must not be bad");
            provider.link(bad, Map.of("v", "better"));
            provider.awaitHealthy();
        }
    }

    @Test
    void reportsEveryProblemOfALinkAtOnce() {
        try (TestHost host = TestHost.start(nats)) {
            TestActor actor = host.actor();
            TestProvider provider = host.provider(Echo.CONTRACT)
                    .config("{\"v\": oops")
                    .link(actor, Map.of("n", "11"))
                    .start(echo.provider());
            assertThat(provider.awaitUnhealthy())
                    .startsWith("link of actor " + actor.key()
                            + ": cannot use the provider configuration (config_json): it is not valid JSON")
                    .endsWith("; setting 'n' must be a whole number from 0 to 10, not '11'");
        }
    }

    @Test
    void takesDefaultsFromTheStartUpConfiguration() {
        try (TestHost host = TestHost.start(nats)) {
            TestActor one = host.actor();
            TestActor other = host.actor();
            TestProvider provider = host.provider(Echo.CONTRACT)
                    .config("{\"v\":\"default\",\"provider\":{\"max_calls\":5}}")
                    .link(one, Map.of())
                    .link(other, Map.of("v", "own"))
                    .start(echo.provider());
            assertThat(Await.result(one.calling(provider, Echo.CONTRACT).value()))
                    .isEqualTo("default");
            assertThat(Await.result(other.calling(provider, Echo.CONTRACT).value()))
                    .isEqualTo("own");
        }
    }

    @Test
    void saysHonestlyHowItsLinksAre() {
        try (TestHost host = TestHost.start(nats)) {
            TestActor actor = host.actor();
            TestProvider provider =
                    host.provider(Echo.CONTRACT).link(actor, Map.of()).start(echo.provider());
            provider.awaitHealthy();
            echo.health.put(actor.key(), () -> Health.unhealthy("the backend is unavailable"));
            assertThat(provider.awaitUnhealthy())
                    .isEqualTo("link of actor " + actor.key() + ": the backend is unavailable");
            echo.health.clear();
            provider.awaitHealthy();
        }
    }

    @Test
    void findsLinksThatWerePutWhileItStarted() {
        try (TestHost host = TestHost.start(nats)) {
            TestActor actor = host.actor();
            host.loseLinkMessages(true);
            TestProvider provider = host.provider(Echo.CONTRACT).start(echo.provider());
            TestProvider second = host.provider(Echo.CONTRACT).start(echo.provider());
            provider.link(actor, Map.of("v", "late"));
            assertThat(provider.isLinked(actor)).isFalse();
            TestProvider again = host.provider(Echo.CONTRACT)
                    .key(provider.key())
                    .linkName("default")
                    .start(echo.provider());
            again.awaitLinked(actor);
            assertThat(second.isLinked(actor)).isFalse();
        }
    }

    @Test
    void catchesUpAfterNatsWasAway() {
        try (NatsServer own = NatsServer.start();
                TestHost host = TestHost.start(own)) {
            TestActor kept = host.actor();
            TestActor added = host.actor();
            TestActor removed = host.actor();
            TestProvider provider = host.provider(Echo.CONTRACT)
                    .link(kept, Map.of("v", "kept"))
                    .link(removed, Map.of("v", "removed"))
                    .start(echo.provider());
            host.loseLinkMessages(true);
            provider.link(added, Map.of("v", "added"));
            provider.link(kept, Map.of("v", "changed"));
            provider.unlink(removed);
            own.kill();
            own.restart();
            Await.until(
                    "missed links are there and changed",
                    LONG,
                    () -> holds(() -> provider.isLinked(added)
                            && Await.result(kept.calling(provider, Echo.CONTRACT)
                                            .value())
                                    .equals("changed")));
            Await.until("a missed deletion is made up for", LONG, () -> holds(() -> !provider.isLinked(removed)));
        }
    }

    @Test
    void keepsItsLinksWhateverTheAnswerAboutThem() {
        for (LinkAnswers way : List.of(LinkAnswers.MALFORMED, LinkAnswers.SILENT)) {
            try (TestHost host = TestHost.start(nats)) {
                host.answerLinkQuestions(way);
                TestActor actor = host.actor();
                TestProvider provider = host.provider(Echo.CONTRACT)
                        .link(actor, Map.of("v", "x"))
                        .start(echo.provider());
                Await.until("the provider has asked", () -> host.linkQuestions() > 0);
                assertThat(Await.result(actor.calling(provider, Echo.CONTRACT).value()))
                        .isEqualTo("x");
                assertThat(provider.health()).isEqualTo(Health.HEALTHY);
            }
        }
    }

    /** Whether something holds; not while nobody can be asked. */
    private static boolean holds(BooleanSupplier question) {
        try {
            return question.getAsBoolean();
        } catch (RpcException nobodyThere) {
            return false;
        }
    }
}
