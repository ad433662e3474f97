package com.wasmcloud.blobstore.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.contract.blobstore.Chunk;
import com.wasmcloud.contract.blobstore.ContainerObject;
import com.wasmcloud.contract.blobstore.PutChunkRequest;
import com.wasmcloud.contract.blobstore.PutObjectRequest;
import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.provider.settings.Sources;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.servers.S3Server;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UploadsTest {
    private static final int MIB = 1 << 20;
    private static final String CONTAINER = "uploads";

    private final S3Server server = S3Server.start();
    private final Links links = new Links();
    private S3Blobstore blobstore = links.open(server);

    @BeforeEach
    void createContainer() {
        Await.result(blobstore.createContainer(CONTAINER));
    }

    @AfterEach
    void close() {
        links.close();
        server.close();
    }

    @Test
    void aSmallObjectThatComesInChunksIsOneRequest() {
        Optional<String> stream = begin("object", Links.noise(MIB));
        Await.result(send(stream, "object", Links.noise(MIB), MIB, true));

        assertThat(server.calls("putBlob")).isEqualTo(1);
        assertThat(server.calls("initiateMultipartUpload")).isZero();
        assertThat(size("object")).isEqualTo(2 * MIB);
    }

    @Test
    void aLargeObjectGoesInPartsOfAtLeastFiveMebibytes() {
        Bytes bytes = Links.noise(13 * MIB);
        Optional<String> stream = begin("object", part(bytes, 0, MIB));
        for (int at = MIB; at < 13 * MIB; at += MIB) {
            Await.result(send(stream, "object", part(bytes, at, MIB), at, at == 12 * MIB));
        }

        assertThat(server.calls("initiateMultipartUpload")).isEqualTo(1);
        assertThat(server.calls("uploadMultipartPart")).isEqualTo(3);
        assertThat(server.calls("completeMultipartUpload")).isEqualTo(1);
        assertThat(size("object")).isEqualTo(13 * MIB);
        S3Blobstore whole = links.open(server);
        assertThat(Await.result(whole.getObject(Links.get(CONTAINER, "object")))
                        .initialChunk()
                        .orElseThrow()
                        .bytes())
                .isEqualTo(bytes);
    }

    @Test
    void anObjectIsFoundByItsNameWhereNoStreamIsNamed() {
        begin("object", Bytes.utf8("a"));

        Await.result(send(Optional.empty(), "object", Bytes.utf8("b"), 1, true));

        assertThat(size("object")).isEqualTo(2);
    }

    @Test
    void aStreamOfAnotherObjectIsRefused() {
        Optional<String> stream = begin("object", Bytes.utf8("a"));

        assertThat(Links.failure(send(stream, "other", Bytes.utf8("b"), 1, true)))
                .startsWith("invalid parameter: there is no upload of Bucket(uploads) Object(other) under way");
        assertThat(Links.failure(send(stream, "object", Bytes.utf8("b"), 7, true)))
                .isEqualTo("invalid parameter: the chunk of Bucket(uploads) Object(object) begins at 7;"
                        + " the next one must begin at 1");
    }

    @Test
    void chunksThatComeAtOnceAreTakenInTheirOrder() {
        Bytes bytes = Links.noise(100);
        Optional<String> stream = begin("object", part(bytes, 0, 10));
        List<CompletionStage<Void>> sent = new ArrayList<>();
        for (int at = 10; at < 100; at += 10) {
            sent.add(send(stream, "object", part(bytes, at, 10), at, at == 90));
        }
        sent.forEach(Await::result);

        assertThat(Await.result(blobstore.getObject(Links.get(CONTAINER, "object")))
                        .initialChunk()
                        .orElseThrow()
                        .bytes())
                .isEqualTo(bytes);
    }

    @Test
    void aFailedPartEndsTheUploadAndLeavesNothingBehind() {
        Optional<String> stream = begin("object", Links.noise(MIB));
        server.fail(400, "InvalidRequest", "uploadMultipartPart"); // without reading the part
        Await.result(send(stream, "object", Links.noise(5 * MIB), MIB, false));

        assertThat(Links.failure(send(stream, "object", Bytes.utf8("end"), 6 * MIB, true)))
                .startsWith("cannot put part 1 of Bucket(uploads) Object(object): ");
        assertThat(server.calls("abortMultipartUpload")).isEqualTo(1);
        assertThat(Links.failure(send(stream, "object", Bytes.utf8("end"), 6 * MIB, true)))
                .contains("there is no upload of Bucket(uploads) Object(object) under way");
        server.heal();
        assertThat(exists("object")).isFalse();
    }

    @Test
    void anUploadThatIsGivenUpIsRemovedFromS3() {
        Optional<String> stream = begin("object", Links.noise(6 * MIB));

        Await.result(blobstore.putChunk(
                new PutChunkRequest(new Chunk("object", CONTAINER, Bytes.EMPTY, 0, false), stream, true)));

        assertThat(server.calls("abortMultipartUpload")).isEqualTo(1);
        assertThat(Links.failure(send(stream, "object", Bytes.utf8("end"), 6 * MIB, true)))
                .contains("there is no upload");
        // once more is no failure: what was wanted is so
        Await.result(blobstore.putChunk(
                new PutChunkRequest(new Chunk("object", CONTAINER, Bytes.EMPTY, 0, false), stream, true)));
    }

    @Test
    void anUploadThatIsForgottenIsRemovedFromS3() {
        blobstore = links.open(server, "upload_timeout_ms", "50");
        Optional<String> stream = begin("object", Links.noise(6 * MIB));

        Await.until("the upload is aborted", () -> server.calls("abortMultipartUpload") == 1);
        assertThat(Links.failure(send(stream, "object", Bytes.utf8("end"), 6 * MIB, true)))
                .contains("there is no upload");
    }

    @Test
    void aLinkThatIsClosedLeavesNothingBehind() {
        begin("object", Links.noise(6 * MIB));

        blobstore.close();

        Await.until("the upload is aborted", () -> server.calls("abortMultipartUpload") == 1);
    }

    @Test
    void aProviderThatStopsLeavesNothingBehind() {
        begin("object", Links.noise(6 * MIB));

        Await.result(blobstore.drain(Duration.ofSeconds(1)));

        assertThat(server.calls("abortMultipartUpload")).isEqualTo(1);
    }

    @Test
    void uploadsAreBounded() {
        blobstore = links.open(server, "max_uploads", "2");
        begin("one", Bytes.utf8("1"));
        Optional<String> second = begin("two", Bytes.utf8("2"));

        assertThat(Links.failure(blobstore.putObject(Links.put(CONTAINER, "three", Bytes.utf8("3"), false))))
                .startsWith("overloaded: 2 uploads of this link are under way");
        Await.result(send(second, "two", Bytes.utf8("2"), 1, true));
        assertThat(begin("three", Bytes.utf8("3"))).isPresent();
    }

    @Test
    void readsAndOtherLinksGoOnWhereOneActorLeavesItsUploads() {
        S3Runtime runtime = new S3Runtime();
        try (S3Blobstore own = open(runtime, "1");
                S3Blobstore other = open(runtime, "2")) {
            Await.result(own.putObject(Links.put(CONTAINER, "read", Links.noise(MIB), true)));
            List<CompletionStage<?>> left = new ArrayList<>();
            for (int i = 0; i < 81; i++) {
                left.add(own.putObject(Links.put(CONTAINER, "left-" + i, Links.noise(800 * 1024), false)));
            }
            left.forEach(begun -> begun.toCompletableFuture()
                    .handle((response, failure) -> null)
                    .join());

            assertThat(Await.result(own.getObject(Links.get(CONTAINER, "read"))).contentLength())
                    .isEqualTo(MIB);
            Optional<String> stream = Await.result(
                            other.putObject(Links.put(CONTAINER, "others", Links.noise(800 * 1024), false)))
                    .streamId();
            Await.result(other.putChunk(
                    Links.chunk(stream, new Chunk("others", CONTAINER, Links.noise(800 * 1024), 800 * 1024, true))));
        }
    }

    @Test
    void uploadsThatAreLeftGiveWayToNewOnes() {
        try (S3Blobstore own = open(new S3Runtime(), "1", "upload_timeout_ms", "3000")) {
            for (int i = 0; i < 5; i++) { // what has begun may hold a quarter, 4 MiB
                Await.result(own.putObject(Links.put(CONTAINER, "left-" + i, Links.noise(800 * 1024), false)));
            }
            Await.until("a new upload begins long before the others time out", () -> Links.failure(
                            own.putObject(Links.put(CONTAINER, "new", Links.noise(800 * 1024), false)))
                    .equals("it did not fail"));
        }
    }

    @Test
    void ofManyLargeUploadsAtOnceThoseThatFitFinishAndTheRestIsRefused() {
        try (S3Blobstore own = open(new S3Runtime(), "1")) {
            List<CompletableFuture<Boolean>> uploads = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                uploads.add(uploadAll(own, "large-" + i, Links.noise(5_600_000)));
            }

            long stored = uploads.stream().filter(CompletableFuture::join).count();

            assertThat(stored).isPositive();
            for (int i = 0; i < 64; i++) {
                assertThat(exists("large-" + i)).isEqualTo(uploads.get(i).join());
            }
        }
    }

    /** Whether all of it could be stored; an upload that is refused is given up. */
    private static CompletableFuture<Boolean> uploadAll(S3Blobstore own, String object, Bytes bytes) {
        int size = 900_000;
        CompletionStage<Optional<String>> sent = own.putObject(
                        Links.put(CONTAINER, object, part(bytes, 0, size), false))
                .thenApply(response -> response.streamId());
        for (int at = size; at < bytes.size(); at += size) {
            int from = at;
            int count = Math.min(size, bytes.size() - at);
            Chunk chunk = new Chunk(object, CONTAINER, part(bytes, from, count), from, from + count == bytes.size());
            sent = sent.thenCompose(stream -> own.putChunk(Links.chunk(stream, chunk))
                    .handle((done, failure) -> failure)
                    .thenCompose(failure -> failure == null
                            ? CompletableFuture.completedFuture(stream)
                            : own.putChunk(new PutChunkRequest(chunk, stream, true))
                                    .thenCompose(gone -> CompletableFuture.failedFuture(failure))));
        }
        return sent.handle((stream, failure) -> {
                    assertThat(failure == null
                                    || String.valueOf(failure.getMessage()).contains("overloaded: "))
                            .as(String.valueOf(failure))
                            .isTrue();
                    return failure == null;
                })
                .toCompletableFuture();
    }

    private S3Blobstore open(S3Runtime runtime, String actor, String... more) {
        Map<String, String> values = new HashMap<>(server.linkValues());
        for (int i = 0; i < more.length; i += 2) {
            values.put(more[i], more[i + 1]);
        }
        S3Settings settings = S3Settings.of(
                values, Sources.ofConfiguration("config_json", "{\"max_memory_bytes\":16777216}"), Map.of());
        return S3Blobstore.open("MACTOR" + actor, Links.NOBODY, settings, runtime);
    }

    @Test
    void anObjectInPartsKeepsItsContentTypeAndEncoding() {
        try (FakeService fake = FakeService.answering(request -> FakeService.Answer.of(
                200,
                request.path().contains("?uploads")
                        ? "<InitiateMultipartUploadResult><UploadId>id</UploadId></InitiateMultipartUploadResult>"
                        : ""))) {
            blobstore = links.open(
                    Map.of("endpoint", fake.url(), "access_key_id", "key", "secret_access_key", "secret"),
                    Links.NOBODY);
            Await.result(blobstore.putObject(new PutObjectRequest(
                    new Chunk("object", CONTAINER, Links.noise(6 * MIB), 0, false),
                    Optional.of("text/plain"),
                    Optional.of("br"))));

            assertThat(fake.requests())
                    .filteredOn(request -> request.path().contains("?uploads"))
                    .singleElement()
                    .satisfies(request -> {
                        assertThat(request.header("Content-Type")).isEqualTo("text/plain");
                        assertThat(request.header("Content-Encoding")).isEqualTo("br");
                    });
        }
    }

    private Optional<String> begin(String object, Bytes bytes) {
        return Await.result(blobstore.putObject(Links.put(CONTAINER, object, bytes, false)))
                .streamId();
    }

    private CompletionStage<Void> send(Optional<String> stream, String object, Bytes bytes, long offset, boolean last) {
        return blobstore.putChunk(Links.chunk(stream, new Chunk(object, CONTAINER, bytes, offset, last)));
    }

    private static Bytes part(Bytes bytes, int offset, int size) {
        return Bytes.wrap(bytes.array(), bytes.offset() + offset, size);
    }

    private long size(String object) {
        return Await.result(blobstore.getObjectInfo(new ContainerObject(CONTAINER, object)))
                .contentLength();
    }

    private boolean exists(String object) {
        return Await.result(blobstore.objectExists(new ContainerObject(CONTAINER, object)));
    }
}
