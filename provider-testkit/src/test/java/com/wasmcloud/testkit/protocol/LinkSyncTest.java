package com.wasmcloud.testkit.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.nats.Message;
import com.wasmcloud.provider.support.Json;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.host.LinkAnswers;
import com.wasmcloud.testkit.host.TestActor;
import com.wasmcloud.testkit.host.TestHost;
import com.wasmcloud.testkit.host.TestProvider;
import com.wasmcloud.testkit.servers.NatsServer;
import com.wasmcloud.testkit.servers.Servers;
import com.wasmcloud.wasmbus.LinkDefinition;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a provider makes of the answers to its question for all links. */
@ExtendWith(Servers.class)
class LinkSyncTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final NatsServer nats;
    private final Echo echo = new Echo();

    LinkSyncTest(NatsServer nats) {
        this.nats = nats;
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"links\":null}", "{\"error\":\"not ready\"}", "{\"links\":[{}]}", "[]"})
    void onlyAListOfLinksMakesItDropOne(String answer) {
        try (TestHost host = TestHost.start(nats)) {
            TestActor actor = host.actor();
            TestActor other = host.actor();
            Queue<Message> questions = ask(host);
            TestProvider provider =
                    host.provider(Echo.CONTRACT).link(actor, Map.of("v", "x")).start(echo.provider());
            for (int i = 0; i < 2; i++) {
                Await.until("it asks", LONG, () -> !questions.isEmpty());
                answer(host, questions.remove(), answer);
            }
            provider.linkAndAwait(other, Map.of()); // behind the answers
            assertThat(provider.isLinked(actor)).isTrue();
        }
    }

    @Test
    void anOldAnswerDoesNotOverrideANewerLink() {
        try (NatsServer own = NatsServer.start();
                TestHost host = TestHost.start(own)) {
            TestActor actor = host.actor();
            TestActor other = host.actor();
            Queue<Message> questions = ask(host);
            TestProvider provider =
                    host.provider(Echo.CONTRACT).link(actor, Map.of("v", "old")).start(echo.provider());
            Await.until("it asks", () -> !questions.isEmpty());
            Message first = questions.remove();
            own.kill();
            own.restart();
            Await.until("it asks again", LONG, () -> !questions.isEmpty());
            String old = links(new LinkDefinition(
                    actor.key(), provider.key(), provider.linkName(), Echo.CONTRACT.id(), Map.of("v", "old")));
            answer(host, questions.remove(), old);
            Echo.Service calling = actor.calling(provider, Echo.CONTRACT);
            Await.until("it serves again", LONG, () -> holdsValue(calling, "old"));
            provider.link(actor, Map.of("v", "new"));
            Await.until("the new value counts", () -> holdsValue(calling, "new"));
            answer(host, first, old);
            provider.linkAndAwait(other, Map.of()); // behind the answer
            assertThat(Await.result(calling.value())).isEqualTo("new");
        }
    }

    private static boolean holdsValue(Echo.Service calling, String value) {
        try {
            return Await.result(calling.value()).equals(value);
        } catch (RpcException nobodyThere) {
            return false;
        }
    }

    /** The questions, in place of the host's own answers. */
    private static Queue<Message> ask(TestHost host) {
        Queue<Message> questions = new ConcurrentLinkedQueue<>();
        host.answerLinkQuestions(LinkAnswers.ABSENT);
        host.connection().subscribe(host.subjects().allLinks(), "hosts", questions::add);
        return questions;
    }

    private static void answer(TestHost host, Message question, String answer) {
        host.connection().publish(Objects.requireNonNull(question.replyTo()), answer.getBytes(StandardCharsets.UTF_8));
    }

    private static String links(LinkDefinition link) {
        return Json.write(Map.of("links", List.of(link.toJson())));
    }
}
