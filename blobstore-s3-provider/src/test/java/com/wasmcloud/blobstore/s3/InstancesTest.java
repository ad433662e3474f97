package com.wasmcloud.blobstore.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wasmcloud.contract.blobstore.Blobstore;
import com.wasmcloud.contract.blobstore.BlobstoreContract;
import com.wasmcloud.contract.blobstore.Chunk;
import com.wasmcloud.contract.blobstore.ContainerObject;
import com.wasmcloud.contract.blobstore.GetObjectRequest;
import com.wasmcloud.contract.blobstore.PutChunkRequest;
import com.wasmcloud.contract.blobstore.PutObjectRequest;
import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.Encoding;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.host.ProviderSetup;
import com.wasmcloud.testkit.host.TestActor;
import com.wasmcloud.testkit.host.TestHost;
import com.wasmcloud.testkit.host.TestProvider;
import com.wasmcloud.testkit.servers.NatsServer;
import com.wasmcloud.testkit.servers.S3Server;
import com.wasmcloud.testkit.servers.Servers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several instances of the provider, which share the calls of an actor. */
@ExtendWith(Servers.class)
class InstancesTest {
    private static final String CONTAINER = "instances";
    private static final int CHUNK = 64 * 1024;
    private static final int CHUNKS = 16;

    private final TestHost host;
    private final TestActor actor;
    private final ProviderSetup setup;
    private final List<TestProvider> instances = new ArrayList<>();

    InstancesTest(NatsServer nats, S3Server server) {
        host = TestHost.start(nats);
        actor = host.actor();
        setup = host.provider(BlobstoreContract.INSTANCE).link(actor, server.linkValues());
    }

    @BeforeEach
    void start() {
        add();
        Blobstore blobstore = blobstore(Encoding.MSGPACK);
        if (!Await.result(blobstore.containerExists(CONTAINER))) {
            Await.result(blobstore.createContainer(CONTAINER));
        }
    }

    @AfterEach
    void stop() {
        host.close();
    }

    private void add() {
        TestProvider added = setup.start(BlobstoreS3Provider.provider());
        added.awaitHealthy();
        instances.add(added);
    }

    private Blobstore blobstore(Encoding encoding) {
        return actor.calling(instances.get(0), BlobstoreContract.INSTANCE, encoding);
    }

    private Optional<String> begin(Blobstore blobstore, String object, Bytes bytes) {
        PutObjectRequest request =
                new PutObjectRequest(chunk(object, bytes, 0, false), Optional.empty(), Optional.empty());
        return Await.result(blobstore.putObject(request)).streamId();
    }

    private static Bytes part(Bytes bytes, int offset) {
        return Bytes.wrap(bytes.array(), bytes.offset() + offset, CHUNK);
    }

    private static Chunk chunk(String object, Bytes bytes, long offset, boolean isLast) {
        return new Chunk(object, CONTAINER, bytes, offset, isLast);
    }

    private static PutChunkRequest next(
            Optional<String> stream, String object, Bytes bytes, long offset, boolean isLast) {
        return new PutChunkRequest(chunk(object, bytes, offset, isLast), stream, false);
    }

    @ParameterizedTest
    @EnumSource
    void anUploadMayComeToAnyOfThree(Encoding encoding) {
        add();
        add();
        Blobstore blobstore = blobstore(encoding);
        String object = "three-" + encoding;
        Bytes whole = Links.noise(CHUNK * CHUNKS);
        Optional<String> stream = begin(blobstore, object, part(whole, 0));
        for (int i = 1; i < CHUNKS; i++) {
            Await.result(blobstore.putChunk(
                    next(stream, object, part(whole, i * CHUNK), (long) i * CHUNK, i == CHUNKS - 1)));
        }
        assertThat(Await.result(blobstore.getObject(
                                new GetObjectRequest(object, CONTAINER, Optional.of(0L), Optional.empty())))
                        .initialChunk())
                .get()
                .satisfies(read -> assertThat(read.bytes()).isEqualTo(whole));
    }

    @Test
    void aChunkTooLargeForAMessageIsHandedOverToo() {
        add();
        Blobstore blobstore = blobstore(Encoding.MSGPACK);
        Bytes large = Links.noise(2 * 1024 * 1024);
        for (int i = 0; i < 6; i++) { // to either of the two, by chance
            String object = "large-" + i;
            Optional<String> stream = begin(blobstore, object, Bytes.utf8("x"));
            Await.result(blobstore.putChunk(next(stream, object, large, 1, true)));
            assertThat(Await.result(blobstore.getObjectInfo(new ContainerObject(CONTAINER, object)))
                            .contentLength())
                    .isEqualTo(large.size() + 1L);
        }
    }

    @Test
    void aChunkWhoseOwnerIsGoneFailsAtOnce() {
        Optional<String> stream = begin(blobstore(Encoding.MSGPACK), "gone", Bytes.utf8("x"));
        TestProvider owner = instances.remove(0);
        add();
        owner.close();
        Blobstore blobstore = blobstore(Encoding.MSGPACK);
        assertThatThrownBy(() -> Await.result(blobstore.putChunk(next(stream, "gone", Bytes.utf8("y"), 1, true))))
                .hasMessageContaining("the upload of", "gone")
                .hasMessageContaining(
                        "the instance of the provider that began it has ended; begin again with PutObject");
        Await.result(blobstore.putChunk(new PutChunkRequest(chunk("gone", Bytes.EMPTY, 1, false), stream, true)));
    }

    @Test
    void whatTheOwnerSaysIsPassedOn() {
        add();
        Blobstore blobstore = blobstore(Encoding.MSGPACK);
        for (int i = 0; i < 6; i++) {
            Optional<String> stream = begin(blobstore, "other", Bytes.utf8("x"));
            assertThatThrownBy(
                            () -> Await.result(blobstore.putChunk(next(stream, "another", Bytes.utf8("y"), 1, true))))
                    .hasMessageContaining("there is no upload of", "another");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*.00000000-0000-0000-0000-000000000000",
                ">.00000000-0000-0000-0000-000000000000",
                "a.b.00000000-0000-0000-0000-000000000000",
                "a b.00000000-0000-0000-0000-000000000000",
                "a\r\n.00000000-0000-0000-0000-000000000000",
                ".00000000-0000-0000-0000-000000000000",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.00000000-0000-0000-0000-000000000000",
                "."
            })
    void aHostileIdNamesNobody(String stream) {
        assertThatThrownBy(() -> Await.result(blobstore(Encoding.MSGPACK)
                        .putChunk(next(Optional.of(stream), "hostile", Bytes.utf8("y"), 1, true))))
                .hasMessageContaining("there is no upload of");
    }
}
