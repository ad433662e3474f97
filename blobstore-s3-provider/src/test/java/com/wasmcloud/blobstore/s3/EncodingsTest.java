package com.wasmcloud.blobstore.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.contract.blobstore.Blobstore;
import com.wasmcloud.contract.blobstore.BlobstoreContract;
import com.wasmcloud.contract.blobstore.Chunk;
import com.wasmcloud.contract.blobstore.ChunkReceiver;
import com.wasmcloud.contract.blobstore.ChunkReceiverContract;
import com.wasmcloud.contract.blobstore.ChunkResponse;
import com.wasmcloud.contract.blobstore.ContainerMetadata;
import com.wasmcloud.contract.blobstore.ContainerObject;
import com.wasmcloud.contract.blobstore.GetObjectResponse;
import com.wasmcloud.contract.blobstore.ListObjectsRequest;
import com.wasmcloud.contract.blobstore.ObjectMetadata;
import com.wasmcloud.contract.blobstore.RemoveObjectsRequest;
import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.Encoding;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.host.TestActor;
import com.wasmcloud.testkit.host.TestHost;
import com.wasmcloud.testkit.host.TestProvider;
import com.wasmcloud.testkit.servers.NatsServer;
import com.wasmcloud.testkit.servers.S3Server;
import com.wasmcloud.testkit.servers.Servers;
import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Actors of three ages, each of which is spoken to in the way it speaks. */
@ExtendWith(Servers.class)
class EncodingsTest {
    private final NatsServer nats;
    private final S3Server server;

    EncodingsTest(NatsServer nats, S3Server server) {
        this.nats = nats;
        this.server = server;
    }

    @ParameterizedTest
    @EnumSource(Encoding.class)
    void anActorIsAnsweredAndSentChunksInItsOwnEncoding(Encoding encoding) {
        Map<String, String> values = new HashMap<>(server.linkValues());
        values.put("max_chunk_size_bytes", "1000");
        try (TestHost host = TestHost.start(nats);
                TestProvider provider =
                        host.provider(BlobstoreContract.INSTANCE).start(BlobstoreS3Provider.provider())) {
            TestActor actor = host.actor();
            Queue<Bytes> arguments = new ConcurrentLinkedQueue<>();
            Queue<Chunk> chunks = new ConcurrentLinkedQueue<>();
            ChunkReceiver receiver = chunk -> {
                chunks.add(chunk);
                return CompletableFuture.completedFuture(new ChunkResponse(false));
            };
            actor.serves((operation, argument) -> {
                arguments.add(Bytes.wrap(argument.toByteArray()));
                return ChunkReceiverContract.INSTANCE.invoke(receiver, operation, argument, encoding);
            });
            provider.linkAndAwait(actor, values);
            Blobstore blobstore = actor.calling(provider, BlobstoreContract.INSTANCE, encoding);
            String container =
                    "encoding-" + encoding.name().toLowerCase(Locale.ROOT).replace('_', '-');

            assertThat(Await.result(blobstore.containerExists(container))).isFalse();
            Await.result(blobstore.createContainer(container));
            assertThat(Await.result(blobstore.getContainerInfo(container)).containerId())
                    .isEqualTo(container);
            assertThat(Await.result(blobstore.listContainers()))
                    .filteredOn(ContainerMetadata::containerId, container)
                    .singleElement()
                    .satisfies(info -> assertThat(info.createdAt()).isPresent());
            Bytes bytes = Links.noise(2500);
            Await.result(blobstore.putObject(Links.put(container, "object", bytes, true)));
            assertThat(Await.result(blobstore.objectExists(new ContainerObject(container, "object"))))
                    .isTrue();
            ObjectMetadata info = Await.result(blobstore.getObjectInfo(new ContainerObject(container, "object")));
            assertThat(info.contentLength()).isEqualTo(2500);
            assertThat(info.lastModified()).isPresent();
            assertThat(Await.result(blobstore.listObjects(all(container))).objects())
                    .singleElement()
                    .satisfies(object -> assertThat(object.lastModified()).isPresent());

            GetObjectResponse response = Await.result(blobstore.getObject(Links.get(container, "object")));
            Await.until("the last chunk has come", () -> chunks.stream().anyMatch(Chunk::isLast));
            ByteArrayOutputStream received = new ByteArrayOutputStream();
            received.writeBytes(response.initialChunk().orElseThrow().bytes().toByteArray());
            chunks.forEach(chunk -> received.writeBytes(chunk.bytes().toByteArray()));
            assertThat(Bytes.wrap(received.toByteArray())).isEqualTo(bytes);
            assertThat(arguments).hasSize(2).allSatisfy(argument -> assertThat(argument.toHex())
                    .startsWith(beginOfFive(encoding)));

            Optional<String> stream = Await.result(blobstore.putObject(Links.put(container, "two", bytes, false)))
                    .streamId();
            Await.result(blobstore.putChunk(
                    Links.chunk(stream, new Chunk("two", container, Bytes.utf8("end"), 2500, true))));
            assertThat(Await.result(blobstore.removeObjects(
                            new RemoveObjectsRequest(container, List.of("object", "two", "missing")))))
                    .isEmpty();
            assertThat(Await.result(blobstore.removeContainers(List.of(container, "nobody-has-it"))))
                    .singleElement()
                    .satisfies(failure -> assertThat(failure.key()).isEqualTo("nobody-has-it"));
            assertThat(answerTo(actor, provider, encoding)).isEqualTo(no(encoding));
        }
    }

    /** The answer to whether there is a container of the name {@code gone}, as it is on the wire. */
    private static String answerTo(TestActor actor, TestProvider provider, Encoding encoding) {
        Bytes argument =
                switch (encoding) {
                    case MSGPACK -> Bytes.wrap(new byte[] {(byte) 0xa4, 'g', 'o', 'n', 'e'});
                    case CBOR -> Bytes.wrap(new byte[] {0x7f, 0x64, 'g', 'o', 'n', 'e'});
                    case CBOR_MAP -> Bytes.wrap(new byte[] {0x64, 'g', 'o', 'n', 'e'});
                };
        return Await.result(actor.call(provider, "Blobstore.ContainerExists", argument))
                .toHex();
    }

    private static String no(Encoding encoding) {
        return switch (encoding) {
            case MSGPACK -> "c2";
            case CBOR -> "7ff4";
            case CBOR_MAP -> "f4";
        };
    }

    /** How a record of five fields begins. */
    private static String beginOfFive(Encoding encoding) {
        return switch (encoding) {
            case MSGPACK -> "85";
            case CBOR -> "7f85";
            case CBOR_MAP -> "a5";
        };
    }

    private static ListObjectsRequest all(String container) {
        return new ListObjectsRequest(
                container, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
