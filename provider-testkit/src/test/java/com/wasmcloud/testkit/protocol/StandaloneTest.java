package com.wasmcloud.testkit.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.Encoding;
import com.wasmcloud.nats.KeyValueBucket;
import com.wasmcloud.nats.Message;
import com.wasmcloud.provider.HostDataLine;
import com.wasmcloud.provider.Running;
import com.wasmcloud.provider.support.Json;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.host.LinkAnswers;
import com.wasmcloud.testkit.host.TestActor;
import com.wasmcloud.testkit.host.TestHost;
import com.wasmcloud.testkit.servers.NatsServer;
import com.wasmcloud.testkit.servers.Servers;
import com.wasmcloud.wasmbus.HostData;
import com.wasmcloud.wasmbus.LinkDefinition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A provider that no host has started. */
@ExtendWith(Servers.class)
class StandaloneTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final Echo echo = new Echo();
    private final TestHost host;

    StandaloneTest(NatsServer nats) {
        host = TestHost.start(nats);
    }

    @AfterEach
    void stop() {
        host.close();
    }

    /** Host data as if a command had made it. */
    private String line(Map<String, Object> standalone, LinkDefinition... links) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>(
                HostDataLine.parse(host.provider(Echo.CONTRACT).line()));
        json.put("standalone", standalone);
        json.put(
                "link_definitions",
                List.of(links).stream().map(LinkDefinition::toJson).toList());
        return Base64.getEncoder().encodeToString(Json.write(json).getBytes(StandardCharsets.UTF_8));
    }

    private KeyValueBucket bucket() {
        return host.connection().keyValue("LATTICEDATA_" + host.lattice(), "");
    }

    private LinkDefinition link(HostData data, TestActor actor) {
        return new LinkDefinition(
                actor.key(), data.providerKey(), data.linkName(), Echo.CONTRACT.id(), Map.of("v", "here"));
    }

    @Test
    void isAnnouncedToHosts() throws Exception {
        Queue<Message> events = new ConcurrentLinkedQueue<>();
        host.connection().subscribe("wasmbus.evt." + host.lattice(), events::add);
        String line = line(Map.of("issuer", "A123"));
        String key = HostData.parse(line).providerKey();
        try (Running unused = echo.provider().start(line)) {
            Await.until("it is announced", () -> !events.isEmpty());
        }
        Map<String, @Nullable Object> event = Json.object(events.remove().payload());
        assertThat(event.get("type")).isEqualTo("com.wasmcloud.lattice.provider_started");
        assertThat(Json.object(event, "data"))
                .containsEntry("public_key", key)
                .containsEntry("contract_id", "test:echo");
        Map<String, @Nullable Object> claims =
                Json.object(bucket().entries("CLAIMS_").get("CLAIMS_" + key));
        assertThat(claims)
                .containsEntry("subject", key)
                .containsEntry("issuer", "A123")
                .containsEntry("name", "echo")
                .containsEntry("contract_id", "test:echo")
                .containsKeys("revision", "version");
    }

    @Test
    void findsItsLinksInTheBucketWhenThereIsNoHost() throws Exception {
        host.answerLinkQuestions(LinkAnswers.ABSENT);
        String line = line(Map.of("links_from_bucket", true));
        LinkDefinition link = link(HostData.parse(line), host.actor());
        bucket().put("LINKDEF_1", Json.write(link.toJson()).getBytes(StandardCharsets.UTF_8));
        bucket().put("LINKDEF_2", "no JSON".getBytes(StandardCharsets.UTF_8));
        bucket().put("OTHER", "no JSON".getBytes(StandardCharsets.UTF_8));
        try (Running unused = echo.provider().start(line)) {
            Await.until("it is linked", () -> !echo.sessions.isEmpty());
        }
    }

    @Test
    void keepsTheLinksOfItsHostDataAlthoughNoHostKnowsThem() throws Exception {
        TestActor own = host.actor();
        TestActor forgotten = host.actor();
        HostData data = HostData.parse(host.provider(Echo.CONTRACT).line());
        Map<String, @Nullable Object> json = new LinkedHashMap<>(HostDataLine.parse(line(Map.of(), link(data, own))));
        json.put("provider_key", data.providerKey());
        String line = Base64.getEncoder().encodeToString(Json.write(json).getBytes(StandardCharsets.UTF_8));
        host.answerLinkQuestions(LinkAnswers.MALFORMED); // until both are linked
        try (Running unused = echo.provider().start(line)) {
            Bytes put = LinkDefinition.CODEC.encode(link(data, forgotten), Encoding.MSGPACK);
            host.publish(host.subjects().linkPut(data.providerKey(), data.linkName()), put);
            Await.until("both are linked", () -> echo.sessions.size() == 2);
            int asked = host.linkQuestions(); // a link that comes after a question is newer than its answer
            Await.until("it asks again", LONG, () -> host.linkQuestions() > asked);
            host.answerLinkQuestions(LinkAnswers.CURRENT);
            Await.until("what no host knows is dropped", LONG, () -> closed() == 1);
            assertThat(closed()).isEqualTo(1);
        }
    }

    private long closed() {
        return echo.sessions.stream().filter(session -> session.closed.isDone()).count();
    }

    @Test
    void saysNothingToHostsWhenAHostHasStartedIt() throws IOException, InterruptedException {
        try (Running running =
                echo.provider().start(host.provider(Echo.CONTRACT).line())) {
            assertThat(running.health().healthy()).isTrue();
            assertThat(bucket().entries("")).isEmpty();
        }
    }
}
