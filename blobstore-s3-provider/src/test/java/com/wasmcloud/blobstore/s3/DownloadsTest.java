package com.wasmcloud.blobstore.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.contract.blobstore.Chunk;
import com.wasmcloud.contract.blobstore.ChunkReceiver;
import com.wasmcloud.contract.blobstore.ChunkResponse;
import com.wasmcloud.contract.blobstore.GetObjectResponse;
import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.provider.settings.Sources;
import com.wasmcloud.provider.support.Budget;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.servers.S3Server;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.async.AsyncRequestBody;

class DownloadsTest {
    private static final int MIB = 1 << 20;
    private static final String CONTAINER = "downloads";
    private static final ChunkResponse MORE = new ChunkResponse(false);

    private final S3Server server = S3Server.start();
    private final Links links = new Links();
    private final Hesitant actor = new Hesitant();
    private final S3Blobstore blobstore = links.open(server, actor, "max_chunk_size_bytes", "1000000");

    /** An actor that answers when the test says so. */
    private static final class Hesitant implements ChunkReceiver {
        private final Queue<Chunk> chunks = new ConcurrentLinkedQueue<>();
        private final Queue<CompletableFuture<ChunkResponse>> answers = new ConcurrentLinkedQueue<>();

        @Override
        public CompletionStage<ChunkResponse> receiveChunk(Chunk chunk) {
            CompletableFuture<ChunkResponse> answer = new CompletableFuture<>();
            chunks.add(chunk);
            answers.add(answer);
            return answer;
        }

        private CompletableFuture<ChunkResponse> next() {
            Await.until("the actor has a chunk", () -> !answers.isEmpty());
            return answers.remove();
        }
    }

    @BeforeEach
    void createContainer() {
        Await.result(blobstore.createContainer(CONTAINER));
    }

    @AfterEach
    void close() {
        links.close();
        server.close();
    }

    private GetObjectResponse get(int size) {
        Await.result(blobstore.putObject(Links.put(CONTAINER, "object", Links.noise(size), true)));
        return Await.result(blobstore.getObject(Links.get(CONTAINER, "object")));
    }

    @Test
    void oneChunkAfterTheOtherGoesToTheActor() {
        GetObjectResponse response = get(3_500_000);
        List<Chunk> all = new ArrayList<>(List.of(response.initialChunk().orElseThrow()));
        for (int i = 0; i < 3; i++) {
            CompletableFuture<ChunkResponse> answer = actor.next();
            assertThat(actor.chunks).hasSize(1);
            all.add(actor.chunks.remove());
            answer.complete(MORE);
        }

        assertThat(all).extracting(Chunk::offset).containsExactly(0L, 1_000_000L, 2_000_000L, 3_000_000L);
        assertThat(all).extracting(Chunk::isLast).containsExactly(false, false, false, true);
        assertThat(all)
                .extracting(chunk -> chunk.bytes().size())
                .containsExactly(1_000_000, 1_000_000, 1_000_000, 500_000);
    }

    @Test
    void theNextChunkIsPreparedWhileTheActorHasTheOneBefore() {
        List<Long> prepared = new ArrayList<>();
        List<Long> sent = new ArrayList<>();
        Queue<CompletableFuture<ChunkResponse>> answers = new ConcurrentLinkedQueue<>();
        ObjectInfo info = new ObjectInfo(50, Optional.empty(), Optional.empty(), Optional.empty());
        ObjectStream content = ObjectStream.of(info, AsyncRequestBody.fromBytes(new byte[50]));
        ChunkPlan plan = new ChunkPlan(new ObjectName(CONTAINER, CONTAINER, "object"), 0, 50, 10);
        Download download = new Download(
                plan,
                content,
                turn -> chunk -> {
                    prepared.add(chunk.offset());
                    CompletableFuture<ChunkResponse> answer = new CompletableFuture<>();
                    return turn.thenCompose(now -> {
                        sent.add(chunk.offset());
                        answers.add(answer);
                        return answer;
                    });
                },
                "MACTOR");

        assertThat(Await.result(download.start()).offset()).isZero();
        assertThat(prepared).containsExactly(10L, 20L);
        assertThat(sent).containsExactly(10L);
        answers.remove().complete(MORE);
        assertThat(prepared).containsExactly(10L, 20L, 30L);
        assertThat(sent).containsExactly(10L, 20L);
        answers.remove().complete(new ChunkResponse(true));
        Await.result(download.end());
        assertThat(sent).containsExactly(10L, 20L);
    }

    @Test
    void anActorThatIsSlowerThanEveryLimitGetsItsObjectAllTheSame() {
        S3Blobstore impatient = links.open(
                server,
                actor,
                "max_chunk_size_bytes",
                "100000",
                "request_timeout_ms",
                "2000",
                "read_timeout_ms",
                "2000");
        // far more than sockets hold, so that S3 waits in the middle of the object
        Await.result(blobstore.putObject(Links.put(CONTAINER, "object", Links.noise(30 * MIB), true)));
        Await.result(impatient.getObject(Links.get(CONTAINER, "object")));

        CompletableFuture<ChunkResponse> first = actor.next();
        awaitLimits();
        first.complete(MORE);
        for (boolean last = false; !last; ) {
            CompletableFuture<ChunkResponse> answer = actor.next();
            while (actor.chunks.size() > 1) {
                actor.chunks.remove();
            }
            last = actor.chunks.remove().isLast();
            answer.complete(MORE);
        }
    }

    /** Waits until a server that falls silent has been given up, with the same limits. */
    private void awaitLimits() {
        CompletableFuture<Void> forEver = new CompletableFuture<>();
        try (FakeService fake = FakeService.answering(request -> new FakeService.Answer(
                200, Map.of("ETag", "x"), Links.noise(150_000), 300_000, () -> Await.result(forEver)))) {
            S3Blobstore silent = links.open(
                    Map.of("endpoint", fake.url(), "access_key_id", "key", "secret_access_key", "secret"),
                    Links.NOBODY,
                    "read_timeout_ms",
                    "2000",
                    "max_initial_chunk_bytes",
                    "100000000");
            assertThat(Links.failure(silent.getObject(Links.get(CONTAINER, "object"))))
                    .endsWith("S3 sent nothing for 2000 ms");
            forEver.complete(null);
        }
    }

    @Test
    void nothingHoldsAnObjectThatHasBeenRead() {
        List<WeakReference<byte[]>> read = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Chunk chunk = get(800_000).initialChunk().orElseThrow();
            read.add(new WeakReference<>(chunk.bytes().array()));
        }

        Await.until("what was read is garbage", () -> {
            System.gc();
            return read.stream().allMatch(bytes -> bytes.get() == null);
        });
    }

    @Test
    void memoryIsGivenBackWhenATransferEndsHoweverItDoes() {
        S3Runtime runtime = new S3Runtime();
        S3Settings settings = Links.settings(server.linkValues(), "max_chunk_size_bytes", "1000000");
        Budget memory = runtime.memory(settings.transfers().memory());
        try (S3Blobstore own = S3Blobstore.open("MACTOR", actor, settings, runtime)) {
            Await.result(own.putObject(Links.put(CONTAINER, "object", Links.noise(2_500_000), true)));
            Await.result(own.getObject(Links.get(CONTAINER, "object")));
            actor.next().completeExceptionally(new IllegalStateException("no"));
            Await.until("a failed download holds nothing", () -> memory.used() == 0);

            Await.result(own.getObject(Links.get(CONTAINER, "object")));
            actor.next().complete(new ChunkResponse(true));
            Await.until("a cancelled download holds nothing", () -> memory.used() == 0);

            Await.result(own.getObject(Links.get(CONTAINER, "object")));
            actor.next().complete(MORE);
            actor.next().complete(MORE);
            Await.until("a complete download holds nothing", () -> memory.used() == 0);

            Await.result(own.putObject(Links.put(CONTAINER, "other", Bytes.utf8("abc"), false)));
            assertThat(memory.used()).isEqualTo(3);
            Await.result(own.drain(Duration.ofSeconds(1)));
            assertThat(memory.used()).isZero();
        }
    }

    @Test
    void memoryIsGivenBackWhateverIsThrown() {
        S3Runtime runtime = new S3Runtime();
        S3Settings settings = Links.settings(server.linkValues(), "max_chunk_size_bytes", "1000000");
        Budget memory = runtime.memory(settings.transfers().memory());
        ChunkReceiver full = chunk -> {
            throw new LinkageError("simulated");
        };
        try (S3Blobstore own = S3Blobstore.open("MACTOR", full, settings, runtime)) {
            Await.result(own.putObject(Links.put(CONTAINER, "object", Links.noise(2_500_000), true)));
            Await.result(own.getObject(Links.get(CONTAINER, "object")));
            Await.until("a download that could not be handed on holds nothing", () -> memory.used() == 0);
        }
        TransferMemory ofLink = new TransferMemory(
                memory, new Budget(memory.most()).share(), settings.transfers().partSize());
        Downloads downloads = new Downloads(settings, ofLink, options -> full, "MACTOR");
        ObjectStream unreadable = ObjectStream.of(
                new ObjectInfo(10, Optional.empty(), Optional.empty(), Optional.empty()), subscriber -> {
                    throw new LinkageError("simulated");
                });
        ChunkPlan plan = new ChunkPlan(new ObjectName(CONTAINER, CONTAINER, "object"), 0, 10, 10);
        CompletionStage<Chunk> begun = downloads.start(
                new Download(plan, unreadable, turn -> full, "MACTOR"), Await.result(ofLink.forReading(10)));

        assertThat(begun.toCompletableFuture()).isCompletedExceptionally();
        assertThat(memory.used()).isZero();
    }

    @Test
    void pastTheBoundOnMemoryCallsWaitAndAreThenRefused() {
        S3Settings settings = S3Settings.of(
                server.linkValues(),
                Sources.ofConfiguration("config_json", "{\"max_memory_bytes\":16777216}"),
                Map.of());
        try (S3Blobstore own = S3Blobstore.open("MACTOR", actor, settings, new S3Runtime())) {
            Await.result(own.putObject(Links.put(CONTAINER, "large", Links.noise(9 * MIB), true)));
            Await.result(own.putObject(Links.put(CONTAINER, "object", Links.noise(3 * MIB), true)));
            for (int i = 0; i < 9; i++) { // with 1,792 KiB each
                Await.result(own.getObject(Links.get(CONTAINER, "large")));
            }

            assertThat(Links.failure(own.getObject(Links.get(CONTAINER, "object"))))
                    .isEqualTo("overloaded: the transfers under way hold all 16777216 bytes of max_memory_bytes;"
                            + " try again later");
            CompletionStage<GetObjectResponse> waiting = own.getObject(Links.get(CONTAINER, "object"));
            actor.next().complete(new ChunkResponse(true));
            actor.next().complete(new ChunkResponse(true));
            assertThat(Await.result(waiting).contentLength()).isEqualTo(3 * MIB);
        }
    }

    @Test
    void aDownloadThatIsUnderWayWhenTheProviderStopsIsFinished() {
        get(1_500_000);
        CompletableFuture<ChunkResponse> answer = actor.next();

        CompletableFuture<?> drained = blobstore.drain(Duration.ofSeconds(1)).toCompletableFuture();
        assertThat(drained).isNotDone();
        answer.complete(MORE);
        Await.result(drained);
    }

    @Test
    void aServerThatHangsUpInTheMiddleEndsTheDownload() {
        try (FakeService fake = FakeService.answering(request ->
                new FakeService.Answer(200, Map.of("ETag", "x"), Links.noise(2_500_000), 3_000_000, () -> {}))) {
            S3Blobstore own = links.open(
                    Map.of("endpoint", fake.url(), "access_key_id", "key", "secret_access_key", "secret"),
                    actor,
                    "max_chunk_size_bytes",
                    "1000000");
            Await.result(own.getObject(Links.get(CONTAINER, "object")));
            actor.next().complete(MORE);

            Await.result(own.drain(Duration.ofSeconds(1)));
        }
        assertThat(actor.chunks).extracting(Chunk::isLast).containsExactly(false);
    }

    @Test
    void aServerThatSendsNoMoreEndsTheDownload() {
        Bytes tooFew = Links.noise(1_500_000);
        CompletableFuture<Void> forEver = new CompletableFuture<>();
        try (FakeService fake = FakeService.answering(request ->
                new FakeService.Answer(200, Map.of("ETag", "x"), tooFew, 3_000_000, () -> Await.result(forEver)))) {
            S3Blobstore impatient = links.open(
                    Map.of("endpoint", fake.url(), "access_key_id", "key", "secret_access_key", "secret"),
                    actor,
                    "max_chunk_size_bytes",
                    "1000000",
                    "read_timeout_ms",
                    "500");
            Await.result(impatient.getObject(Links.get(CONTAINER, "object")));
            Await.result(impatient.drain(Duration.ofSeconds(1)));
            forEver.complete(null);
        }
        assertThat(actor.chunks).isEmpty();
    }
}
