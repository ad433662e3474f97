package com.wasmcloud.blobstore.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.contract.blobstore.Blobstore;
import com.wasmcloud.contract.blobstore.BlobstoreContract;
import com.wasmcloud.contract.blobstore.ChunkReceiverContract;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.host.TestActor;
import com.wasmcloud.testkit.host.TestHost;
import com.wasmcloud.testkit.host.TestProvider;
import com.wasmcloud.testkit.servers.NatsServer;
import com.wasmcloud.testkit.servers.S3Server;
import com.wasmcloud.testkit.servers.Servers;
import com.wasmcloud.testkit.suites.BlobstoreContractTest;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The whole provider, with a host, a lattice and actors around it. */
@ExtendWith(Servers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BlobstoreS3ProviderTest extends BlobstoreContractTest {
    private static final int LARGEST_CHUNK = 100_000;

    private final TestHost host;
    private final TestProvider provider;
    private final Blobstore blobstore;

    BlobstoreS3ProviderTest(NatsServer nats, S3Server server) {
        host = TestHost.start(nats);
        provider = host.provider(BlobstoreContract.INSTANCE)
                .config("""
                        {"endpoint":"%s","access_key_id":"%s","secret_access_key":"%s",
                         "request_timeout_ms":20000,"max_chunk_size_bytes":%d}""".formatted(server.url(), server.accessKey(), server.secretKey(), LARGEST_CHUNK))
                .start(BlobstoreS3Provider.provider());
        TestActor actor = linked(Map.of());
        actor.serves(ChunkReceiverContract.INSTANCE, receiver());
        blobstore = actor.calling(provider, BlobstoreContract.INSTANCE);
    }

    @AfterAll
    void close() {
        host.close();
    }

    @Override
    protected Blobstore blobstore() {
        return blobstore;
    }

    @Override
    protected int largestFirstChunk() {
        return LARGEST_CHUNK;
    }

    @Test
    void aLinkThatCannotBeUsedIsRefusedWithEveryReason() {
        TestActor actor = host.actor();
        provider.link(actor, Map.of("endpoint", "nowhere", "secret_access_key", "hidden", "checksum", "never"));

        Await.until("the link is refused", () -> failure(actor).contains("'endpoint'"));
        assertThat(failure(actor))
                .startsWith("unlinked actor: '" + actor.key() + "': setting 'endpoint' must be a URL such as")
                .contains("setting 'checksum' must be when_supported or when_required")
                .contains("setting 'access_key_id' must be given where")
                .doesNotContain("hidden");
        provider.unlink(actor);
        provider.awaitUnlinked(actor);
    }

    @Test
    void anS3ThatIsAwayIsSaidByHealthAndCalls() {
        try (S3Server away = S3Server.start()) {
            away.stop();
            Map<String, String> values = new HashMap<>(away.linkValues());
            values.put("max_attempts", "1");
            TestActor actor = linked(values);

            Await.until("the call fails", () -> failure(actor)
                    .contains("cannot reach S3 at " + away.url() + ": connection refused"));
            assertThat(provider.awaitUnhealthy())
                    .contains("link of actor " + actor.key() + ": cannot use S3 at " + away.url());

            away.restart();
            provider.awaitHealthy();
            assertThat(failure(actor)).isEqualTo("it did not fail");
            provider.unlink(actor);
            provider.awaitUnlinked(actor);
        }
    }

    @Test
    void linksNameWhatTheStartUpConfigurationDoesNot() {
        Await.result(blobstore.createContainer("container-of-mine"));
        TestActor actor = linked(Map.of("alias_mine", "container-of-mine"));
        Blobstore aliased = actor.calling(provider, BlobstoreContract.INSTANCE);

        assertThat(Await.result(aliased.containerExists("alias_mine"))).isTrue();
        provider.unlink(actor);
        provider.awaitUnlinked(actor);
    }

    private TestActor linked(Map<String, String> values) {
        TestActor actor = host.actor();
        provider.linkAndAwait(actor, values);
        return actor;
    }

    private String failure(TestActor actor) {
        return Links.failure(actor.calling(provider, BlobstoreContract.INSTANCE).containerExists("some-container"));
    }
}
