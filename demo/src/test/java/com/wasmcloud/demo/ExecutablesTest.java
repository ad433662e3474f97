package com.wasmcloud.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wasmcloud.contract.blobstore.Blobstore;
import com.wasmcloud.contract.blobstore.BlobstoreContract;
import com.wasmcloud.contract.httpclient.HttpClientContract;
import com.wasmcloud.contract.httpclient.HttpRequest;
import com.wasmcloud.contract.httpserver.HttpServerContract;
import com.wasmcloud.contract.keyvalue.IncrementRequest;
import com.wasmcloud.contract.keyvalue.KeyValueContract;
import com.wasmcloud.contract.logging.LogEntry;
import com.wasmcloud.contract.logging.LoggingContract;
import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.Caller;
import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.demo.actor.Capabilities;
import com.wasmcloud.demo.actor.DemoActor;
import com.wasmcloud.nkeys.KeyPair;
import com.wasmcloud.nkeys.KeyRole;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.host.HostForm;
import com.wasmcloud.testkit.host.ProviderProcess;
import com.wasmcloud.testkit.host.TestActor;
import com.wasmcloud.testkit.host.TestHost;
import com.wasmcloud.testkit.host.TestProvider;
import com.wasmcloud.testkit.servers.NatsServer;
import com.wasmcloud.testkit.servers.RedisServer;
import com.wasmcloud.testkit.servers.S3Server;
import com.wasmcloud.testkit.servers.Servers;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is shipped: each executable alone in a folder, started as hosts start it. */
@ExtendWith(Servers.class)
class ExecutablesTest {
    private static final String SEED = "SCAKFUBOTJZBYEPDHMGCNPTWVUUWCJMQFC5KMVRFXRRZVUFMHDWKGNWA7I";

    private final NatsServer nats;
    private final RedisServer redis;
    private final S3Server s3;
    private final Path folder;

    ExecutablesTest(NatsServer nats, RedisServer redis, S3Server s3, @TempDir Path folder) {
        this.nats = nats;
        this.redis = redis;
        this.s3 = s3;
        this.folder = folder;
    }

    static Stream<Arguments> everywhere() {
        return Stream.of(Part.values())
                .flatMap(part -> Stream.of(HostForm.RUST, HostForm.OTP).map(form -> Arguments.of(part, form)));
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void servesFromWhereverItIsAndEndsWhenItsHostSaysSo(Part part, HostForm form) throws IOException {
        try (TestHost host = TestHost.start(nats, form)) {
            int port = DemoProcess.freePort();
            TestActor actor = counting(host);
            TestProvider provider = started(host, actor, part, port);

            assertThat(provider.health().healthy()).isTrue();
            assertServes(part, actor, provider, port);

            assertThat(provider.shutdown()).isEqualTo("shutting down");
            assertThat(provider.process().awaitExit()).isZero();
            assertThat(provider.process().output()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void outlivesEverythingThatIsWrongAndEndsInOrderOnSigterm(Part part) throws IOException {
        try (TestHost host = TestHost.start(nats)) {
            int port = DemoProcess.freePort();
            TestActor actor = counting(host);
            TestActor stranger = host.actor();
            TestProvider provider = started(host, actor, part, port);

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
            assertServes(part, actor, provider, port);

            provider.process().terminate();
            assertThat(provider.process().awaitExit()).isZero();
            assertThat(provider.process().output()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesHostDataThatItCannotUseInOneSentence(Part part) throws IOException {
        Path copy = copy(part);
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

    /** An actor that answers HTTP; its stores are away. */
    private static TestActor counting(TestHost host) {
        Caller away = (operation, argument) -> {
            throw RpcException.timeout("no store in this test");
        };
        TestActor actor = host.actor();
        actor.serves(
                HttpServerContract.INSTANCE,
                new DemoActor(
                        new Capabilities(
                                KeyValueContract.INSTANCE.stub(away),
                                BlobstoreContract.INSTANCE.stub(away),
                                LoggingContract.LEGACY.stub(away),
                                HttpClientContract.INSTANCE.stub(away)),
                        List::of,
                        (request, response, took) -> {}));
        return actor;
    }

    private TestProvider started(TestHost host, TestActor actor, Part part, int port) throws IOException {
        TestProvider provider = host.provider(part.contract())
                .link(actor, linkValues(part, port))
                .start(copy(part));
        provider.awaitHealthy();
        return provider;
    }

    private Map<String, String> linkValues(Part part, int port) {
        return switch (part) {
            case KEY_VALUE -> Map.of("URL", redis.url());
            case BLOBS -> s3.linkValues();
            case LOG, FETCH -> Map.of();
            case HTTP -> Map.of("address", "127.0.0.1:" + port);
        };
    }

    private Path copy(Part part) throws IOException {
        return Files.copy(DemoProcess.executable(part), folder.resolve("wasmcloud_provider_default"));
    }

    private static void assertServes(Part part, TestActor actor, TestProvider provider, int port) {
        switch (part) {
            case KEY_VALUE ->
                assertThat(Await.result(actor.calling(provider, KeyValueContract.INSTANCE)
                                .increment(new IncrementRequest(provider.key(), 2))))
                        .isEqualTo(2);
            case BLOBS -> {
                Blobstore blobs = actor.calling(provider, BlobstoreContract.INSTANCE);
                String container = provider.key().toLowerCase(Locale.ROOT);
                Await.result(blobs.createContainer(container));
                assertThat(Await.result(blobs.containerExists(container))).isTrue();
            }
            case LOG -> {
                LogEntry line = new LogEntry("info", "the text of a line", Optional.empty());
                Await.result(actor.calling(provider, LoggingContract.LEGACY).writeLog(line));
                assertThat(provider.process().log()).contains(line.text());
            }
            case FETCH ->
                assertThatThrownBy(() -> Await.result(actor.calling(provider, HttpClientContract.INSTANCE)
                                .request(new HttpRequest("GET", "http://169.254.169.254/", Map.of(), Bytes.EMPTY))))
                        .isInstanceOf(RpcException.class)
                        .hasMessageContaining("deny_networks");
            case HTTP ->
                assertThat(DemoProcess.get(URI.create("http://127.0.0.1:%d/api/counter/tea".formatted(port))))
                        .isEqualTo("503 {\"error\":\"timeout: no store in this test\"}");
        }
    }
}
