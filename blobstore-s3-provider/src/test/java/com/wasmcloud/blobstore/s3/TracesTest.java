package com.wasmcloud.blobstore.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.contract.blobstore.Blobstore;
import com.wasmcloud.contract.blobstore.BlobstoreContract;
import com.wasmcloud.contract.blobstore.Chunk;
import com.wasmcloud.contract.blobstore.ChunkReceiverContract;
import com.wasmcloud.contract.blobstore.ChunkResponse;
import com.wasmcloud.contract.blobstore.ContainerObject;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.host.TestActor;
import com.wasmcloud.testkit.host.TestHost;
import com.wasmcloud.testkit.host.TestProvider;
import com.wasmcloud.testkit.servers.NatsServer;
import com.wasmcloud.testkit.servers.OtlpServer;
import com.wasmcloud.testkit.servers.OtlpServer.Reported;
import com.wasmcloud.testkit.servers.S3Server;
import com.wasmcloud.testkit.servers.Servers;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the provider tells a collector of its requests to S3. */
@ExtendWith(Servers.class)
class TracesTest {
    private static final int PART = 5 << 20;

    private final NatsServer nats;
    private final S3Server server;

    TracesTest(NatsServer nats, S3Server server) {
        this.nats = nats;
        this.server = server;
    }

    @Test
    void everyRequestIsAPartOfTheCallThatNeedsIt() {
        try (OtlpServer otlp = new OtlpServer();
                TestHost host = TestHost.start(nats)) {
            Blobstore blobstore = linked(host, otlp);

            Await.result(blobstore.createContainer("traced"));
            String stream = Await.result(blobstore.putObject(Links.put("traced", "hush", Links.noise(PART), false)))
                    .streamId()
                    .orElseThrow();
            Await.result(blobstore.putChunk(
                    Links.chunk(Optional.of(stream), new Chunk("hush", "traced", Links.noise(3), PART, true))));
            Await.result(blobstore.getObject(Links.get("traced", "hush")));
            Await.result(blobstore.removeContainers(List.of("traced")));

            List<String> expected = List.of(
                    "Blobstore.CreateContainer: HeadBucket",
                    "Blobstore.CreateContainer: CreateBucket",
                    "Blobstore.PutObject: CreateMultipartUpload",
                    "Blobstore.PutObject: UploadPart",
                    "Blobstore.PutChunk: UploadPart",
                    "Blobstore.PutChunk: CompleteMultipartUpload",
                    "Blobstore.GetObject: GetObject",
                    "Blobstore.RemoveContainers: ListObjectsV2",
                    "Blobstore.RemoveContainers: DeleteObjects",
                    "Blobstore.RemoveContainers: DeleteBucket");
            awaitSpans(otlp, 5, expected.size());
            assertThat(steps(otlp)).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(sent(otlp)).allSatisfy(span -> {
                assertThat(span.span().getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_UNSET);
                assertThat(span.attributes())
                        .containsEntry("rpc.system", "aws-api")
                        .containsEntry("rpc.service", "S3")
                        .containsEntry("rpc.method", span.name())
                        .containsEntry(
                                "server.address", URI.create(server.url()).getAuthority());
            });
            assertThat(otlp.spans().toString()).doesNotContain("hush");
        }
    }

    @Test
    void aRequestThatFailsHasTheStatusOfItsAnswer() {
        try (OtlpServer otlp = new OtlpServer();
                TestHost host = TestHost.start(nats)) {
            Blobstore blobstore = linked(host, otlp);

            assertThat(Links.failure(blobstore.getObject(Links.get("nobody-has-it", "hush"))))
                    .startsWith("Not found");
            assertThat(Await.result(blobstore.objectExists(new ContainerObject("nobody-has-it", "hush"))))
                    .isFalse();

            awaitSpans(otlp, 2, 2);
            assertThat(sent(otlp)).allSatisfy(span -> assertThat(span.attributes())
                    .containsEntry("http.response.status_code", "404"));
            Reported failed = sent(otlp, "GetObject");
            assertThat(failed.attributes()).containsEntry("error.type", "404");
            assertThat(failed.span().getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
            // that it is not there is an answer
            assertThat(sent(otlp, "HeadObject").attributes()).doesNotContainKey("error.type");
            assertThat(otlp.spans().toString()).doesNotContain("hush");
        }
    }

    @Test
    void chunksArePartOfTheCallThatAskedForTheObject() {
        try (OtlpServer otlp = new OtlpServer();
                TestHost host = TestHost.start(nats)) {
            TestActor actor = host.actor();
            actor.serves(
                    ChunkReceiverContract.INSTANCE,
                    chunk -> CompletableFuture.completedFuture(new ChunkResponse(false)));
            Map<String, String> values = new HashMap<>(server.linkValues());
            values.put("max_chunk_size_bytes", "900000");
            Blobstore blobstore = linked(host, otlp, actor, values);

            Await.result(blobstore.createContainer("in-chunks"));
            Await.result(blobstore.putObject(Links.put("in-chunks", "large", Links.noise(2 << 20), true)));
            Await.result(blobstore.getObject(Links.get("in-chunks", "large")));

            Await.until(
                    "the spans of the chunks are there",
                    () -> named(otlp, "Blobstore.GetObject").size() == 1
                            && named(otlp, "ChunkReceiver.ReceiveChunk").size() == 2);
            assertThat(named(otlp, "ChunkReceiver.ReceiveChunk"))
                    .extracting(Reported::parent)
                    .containsOnly(named(otlp, "Blobstore.GetObject").get(0).id());
        }
    }

    private static List<Reported> named(OtlpServer otlp, String name) {
        return otlp.spans().stream().filter(span -> span.name().equals(name)).toList();
    }

    private Blobstore linked(TestHost host, OtlpServer otlp) {
        return linked(host, otlp, host.actor(), server.linkValues());
    }

    private Blobstore linked(TestHost host, OtlpServer otlp, TestActor actor, Map<String, String> values) {
        TestProvider provider = host.provider(BlobstoreContract.INSTANCE)
                .config("""
                        {"provider.traces_exporter":"otlp","provider.otlp_endpoint":"%s"}""".formatted(otlp.url()))
                .start(BlobstoreS3Provider.provider());
        provider.linkAndAwait(actor, values);
        return actor.calling(provider, BlobstoreContract.INSTANCE);
    }

    private static void awaitSpans(OtlpServer otlp, int calls, int requests) {
        Await.until(
                "all spans are there",
                () -> sent(otlp).size() == requests
                        && otlp.spans().stream()
                                        .filter(span -> span.name().startsWith("Blobstore."))
                                        .count()
                                == calls);
    }

    private static List<Reported> sent(OtlpServer otlp) {
        return otlp.spans().stream()
                .filter(span -> span.span().getKind() == SpanKind.SPAN_KIND_CLIENT)
                .toList();
    }

    private static Reported sent(OtlpServer otlp, String name) {
        return sent(otlp).stream()
                .filter(span -> span.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Each request, after the call that it is a part of. */
    private static List<String> steps(OtlpServer otlp) {
        Map<String, String> calls = otlp.spans().stream()
                .filter(span -> span.span().getKind() == SpanKind.SPAN_KIND_SERVER)
                .collect(Collectors.toMap(Reported::id, Reported::name));
        List<String> steps = new ArrayList<>();
        sent(otlp).forEach(span -> steps.add(calls.get(span.parent()) + ": " + span.name()));
        return steps;
    }
}
