package com.wasmcloud.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wasmcloud.contract.httpserver.HttpServerContract;
import com.wasmcloud.contract.keyvalue.IncrementRequest;
import com.wasmcloud.contract.keyvalue.KeyValueContract;
import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.Contract;
import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.lattice.KeyPair;
import com.wasmcloud.lattice.KeyRole;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.HostForm;
import com.wasmcloud.testkit.NatsServer;
import com.wasmcloud.testkit.ProviderProcess;
import com.wasmcloud.testkit.RedisServer;
import com.wasmcloud.testkit.Servers;
import com.wasmcloud.testkit.TestActor;
import com.wasmcloud.testkit.TestHost;
import com.wasmcloud.testkit.TestProvider;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is shipped: each executable alone in a folder, started as hosts start it. */
@ExtendWith(Servers.class)
class ExecutablesTest {
    private static final String SEED = "SCAKFUBOTJZBYEPDHMGCNPTWVUUWCJMQFC5KMVRFXRRZVUFMHDWKGNWA7I";

    private final NatsServer nats;
    private final RedisServer redis;
    private final Path folder;

    enum Shipped {
        KEY_VALUE,
        HTTP;

        Contract<?> contract() {
            return this == HTTP ? HttpServerContract.INSTANCE : KeyValueContract.INSTANCE;
        }

        Path file() {
            return this == HTTP ? DemoProcess.HTTP : DemoProcess.KEY_VALUE;
        }
    }

    ExecutablesTest(NatsServer nats, RedisServer redis, @TempDir Path folder) {
        this.nats = nats;
        this.redis = redis;
        this.folder = folder;
    }

    @ParameterizedTest
    @EnumSource
    void servesFromWhereverItIsAndEndsWhenItsHostSaysSo(Shipped shipped) throws IOException {
        try (TestHost host = TestHost.start(nats)) {
            int port = DemoProcess.freePort();
            TestActor actor = counting(host);
            TestProvider provider = started(host, actor, shipped, port);

            assertThat(provider.health().healthy()).isTrue();
            assertServes(shipped, actor, provider, port);

            assertThat(provider.shutdown()).isEqualTo("shutting down");
            assertThat(provider.process().awaitExit()).isZero();
            assertThat(provider.process().output()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void outlivesEverythingThatIsWrongAndEndsInOrderOnSigterm(Shipped shipped) throws IOException {
        try (TestHost host = TestHost.start(nats)) {
            int port = DemoProcess.freePort();
            TestActor actor = counting(host);
            TestActor stranger = host.actor();
            TestProvider provider = started(host, actor, shipped, port);

            assertThatThrownBy(() -> Await.result(actor.invocation(provider, "KeyValue.Get", Bytes.EMPTY)
                            .signedBy(KeyPair.generate(KeyRole.CLUSTER))
                            .send()))
                    .isInstanceOf(RpcException.class)
                    .hasMessage("Issuer of this invocation is not in list of cluster issuers");
            assertThatThrownBy(() -> Await.result(stranger.call(provider, "KeyValue.Get", Bytes.EMPTY)))
                    .isInstanceOf(RpcException.class)
                    .hasMessageStartingWith("unlinked actor: '" + stranger.key() + "'");
            for (String subject : List.of("", ".linkdefs.put", ".linkdefs.del", ".shutdown", ".health")) {
                for (String hex : List.of("", "00", "7b", "c1", "85a86163746f725f6964", "ffffffff")) {
                    host.publish(
                            provider.subject() + subject,
                            Bytes.wrap(HexFormat.of().parseHex(hex)));
                }
            }
            assertThat(provider.health().healthy()).isTrue();
            assertServes(shipped, actor, provider, port);

            provider.process().terminate();
            assertThat(provider.process().awaitExit()).isZero();
            assertThat(provider.process().output()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesHostDataThatItCannotUseInOneSentence(Shipped shipped) throws IOException {
        Path copy = copy(shipped);
        String incomplete = "{\"host_id\":\"N\",\"invocation_seed\":\"%s\"}".formatted(SEED);

        assertThat(refusal(copy, "\n")).contains("stdin is empty");
        assertThat(refusal(copy, SEED + "!\n")).contains("expected base64");
        assertThat(refusal(copy, base64("{\"invocation_seed\":\"" + SEED))).contains("not valid JSON");
        assertThat(refusal(copy, base64(incomplete))).contains("missing field 'provider_key'");
    }

    private static String refusal(Path executable, String line) {
        try (ProviderProcess process = ProviderProcess.start(executable, HostForm.RUST, line)) {
            assertThat(process.awaitExit()).isEqualTo(1);
            assertThat(process.output()).isEmpty();
            assertThat(process.log()).doesNotContain(SEED).hasLineCount(1).contains(" cannot start: ");
            return process.log();
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)) + "\n";
    }

    /** An actor that answers HTTP; its store is away. */
    private static TestActor counting(TestHost host) {
        TestActor actor = host.actor();
        CounterActor counter = new CounterActor(
                KeyValueContract.INSTANCE.stub((operation, argument) -> {
                    throw RpcException.timeout("no store in this test");
                }),
                (request, response, took) -> {});
        actor.serves(HttpServerContract.INSTANCE, counter);
        return actor;
    }

    private TestProvider started(TestHost host, TestActor actor, Shipped shipped, int port) throws IOException {
        Map<String, String> values = Map.of("URL", redis.url(), "address", "127.0.0.1:" + port);
        TestProvider provider =
                host.provider(shipped.contract()).link(actor, values).start(copy(shipped));
        provider.awaitHealthy();
        return provider;
    }

    private Path copy(Shipped shipped) throws IOException {
        return Files.copy(shipped.file(), folder.resolve("wasmcloud_provider_default"));
    }

    private static void assertServes(Shipped shipped, TestActor actor, TestProvider provider, int port) {
        switch (shipped) {
            case KEY_VALUE ->
                assertThat(Await.result(actor.calling(provider, KeyValueContract.INSTANCE)
                                .increment(new IncrementRequest(provider.key(), 2))))
                        .isEqualTo(2);
            case HTTP ->
                assertThat(DemoProcess.get(URI.create("http://127.0.0.1:%d/api/counter/tea".formatted(port))))
                        .isEqualTo("503 {\"error\":\"timeout: no store in this test\"}");
        }
    }
}
