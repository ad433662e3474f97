package com.wasmcloud.testkit.suites;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.contract.blobstore.Chunk;
import com.wasmcloud.contract.blobstore.GetObjectRequest;
import com.wasmcloud.contract.blobstore.GetObjectResponse;
import com.wasmcloud.contract.blobstore.PutChunkRequest;
import com.wasmcloud.contract.blobstore.PutObjectRequest;
import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.testkit.Await;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** The rules of {@code wasmcloud:blobstore} for objects that travel in several chunks. */
abstract class BlobstoreStreamRules extends BlobstoreFixture {
    private static final int CHUNK = 700_000;

    @Test
    void anObjectOfManyChunksIsThereAfterTheLastOneAndNotBefore() {
        Bytes bytes = noise(20 * CHUNK + 1);

        String streamId = begin("large", slice(bytes, 0, CHUNK));
        for (long offset = CHUNK; offset < bytes.size(); offset += CHUNK) {
            assertThat(exists("large")).isFalse();
            long end = Math.min(bytes.size(), offset + CHUNK);
            Await.result(chunk(streamId, "large", slice(bytes, offset, end), offset, end == bytes.size()));
        }

        assertThat(info("large").contentLength()).isEqualTo(bytes.size());
        assertThat(download("large")).isEqualTo(bytes);
    }

    @Test
    void chunksMayBeTinyAndEmpty() {
        String streamId = begin("tiny", Bytes.EMPTY);
        Await.result(chunk(streamId, "tiny", Bytes.utf8("a"), 0, false));
        Await.result(chunk(streamId, "tiny", Bytes.EMPTY, 1, false));
        Await.result(chunk(streamId, "tiny", Bytes.utf8("b"), 1, false));
        Await.result(chunk(streamId, "tiny", Bytes.EMPTY, 2, true));

        assertThat(download("tiny")).isEqualTo(Bytes.utf8("ab"));
    }

    @Test
    void anEmptyObjectMayComeInChunksToo() {
        String streamId = begin("empty", Bytes.EMPTY);
        Await.result(chunk(streamId, "empty", Bytes.EMPTY, 0, true));

        assertThat(info("empty").contentLength()).isZero();
    }

    @Test
    void anObjectOfChunksKeepsItsContentTypeAndEncoding() {
        Chunk first = new Chunk("page", container(), Bytes.utf8("<"), 0, false);
        String streamId = Await.result(
                        blobstore().putObject(new PutObjectRequest(first, Optional.of("text/html"), Optional.of("br"))))
                .streamId()
                .orElseThrow();
        Await.result(chunk(streamId, "page", Bytes.utf8(">"), 1, true));

        assertThat(info("page").contentType()).contains("text/html");
        assertThat(info("page").contentEncoding()).contains("br");
    }

    @Test
    void anObjectIsTheOldOneUntilTheLastChunkOfTheNewOneHasCome() {
        put("object", Bytes.utf8("old"));

        String streamId = begin("object", Bytes.utf8("n"));
        assertThat(download("object")).isEqualTo(Bytes.utf8("old"));

        Await.result(chunk(streamId, "object", Bytes.utf8("ew"), 1, true));
        assertThat(download("object")).isEqualTo(Bytes.utf8("new"));
    }

    @Test
    void objectsThatArePutAtTheSameTimeDoNotMix() {
        String one = begin("one", Bytes.utf8("1"));
        String two = begin("two", Bytes.utf8("2"));
        assertThat(one).isNotEqualTo(two);
        Await.result(chunk(two, "two", Bytes.utf8("222"), 1, true));
        Await.result(chunk(one, "one", Bytes.utf8("111"), 1, true));

        assertThat(download("one")).isEqualTo(Bytes.utf8("1111"));
        assertThat(download("two")).isEqualTo(Bytes.utf8("2222"));
    }

    @Test
    void aChunkAtTheWrongOffsetIsRefusedAndTheRightOneTakenAfterwards() {
        String streamId = begin("object", Bytes.utf8("abc"));

        assertFails(chunk(streamId, "object", Bytes.utf8("x"), 0, true));
        assertFails(chunk(streamId, "object", Bytes.utf8("x"), 2, true));
        assertFails(chunk(streamId, "object", Bytes.utf8("x"), 4, true));
        assertFails(chunk(streamId, "object", Bytes.utf8("x"), -1, true));
        assertThat(exists("object")).isFalse();

        Await.result(chunk(streamId, "object", Bytes.utf8("def"), 3, true));
        assertThat(download("object")).isEqualTo(Bytes.utf8("abcdef"));
    }

    @Test
    void anObjectCannotBeginAtAnotherOffsetThanZero() {
        Chunk chunk = new Chunk("object", container(), Bytes.utf8("abc"), 1, true);

        assertFails(blobstore().putObject(new PutObjectRequest(chunk, Optional.empty(), Optional.empty())));
        assertThat(exists("object")).isFalse();
    }

    @Test
    void aChunkOfAnUnknownStreamIsRefused() {
        assertFails(chunk("unknown", "object", Bytes.utf8("abc"), 0, true));

        String streamId = begin("object", Bytes.utf8("abc"));
        Await.result(chunk(streamId, "object", Bytes.utf8("def"), 3, true));
        assertFails(chunk(streamId, "object", Bytes.utf8("ghi"), 6, true));
        assertThat(download("object")).isEqualTo(Bytes.utf8("abcdef"));
    }

    @Test
    void anObjectThatIsGivenUpIsNotThere() {
        String streamId = begin("object", noise(CHUNK));
        Await.result(chunk(streamId, "object", Bytes.utf8("more"), CHUNK, false));

        Await.result(cancel(streamId, "object"));
        assertThat(exists("object")).isFalse();
        assertFails(chunk(streamId, "object", Bytes.utf8("more"), CHUNK + 4, true));
        assertThat(exists("object")).isFalse();
    }

    @Test
    void anObjectComesAtOnceUpToTheLargestFirstChunk() {
        Bytes bytes = noise(largestFirstChunk());
        put("object", bytes);

        Chunk first = first(get("object"));
        assertThat(first.isLast()).isTrue();
        assertThat(first.bytes()).isEqualTo(bytes);
    }

    @Test
    void aLargerObjectComesInChunksInOrderOfWhichOneIsTheLast() {
        Bytes bytes = noise(3 * largestFirstChunk() + 7);
        put("object", bytes);

        GetObjectResponse response = get("object");
        Chunk first = first(response);
        assertThat(response.contentLength()).isEqualTo(bytes.size());
        assertThat(first.isLast()).isFalse();
        assertThat(first.offset()).isZero();
        assertThat(first.bytes().size()).isBetween(1, largestFirstChunk());
        assertThat(received().rest(first, bytes.size())).isEqualTo(bytes);
    }

    @Test
    void aLargePartComesInChunksWithTheirPlaceInTheObject() {
        Bytes bytes = noise(4 * largestFirstChunk());
        put("object", bytes);
        long begin = 11;
        long end = 3L * largestFirstChunk() + 5;

        assertThat(download(wanted("object", Optional.of(begin), Optional.of(end))))
                .isEqualTo(slice(bytes, begin, end + 1));

        received().forget();
        assertThat(download(wanted("object", Optional.of(begin), Optional.of(-1L))))
                .isEqualTo(slice(bytes, begin, bytes.size()));
    }

    @Test
    void objectsThatAreReadAtTheSameTimeDoNotMix() {
        Bytes one = noise(3 * largestFirstChunk() + 1);
        Bytes two = noise(3 * largestFirstChunk() + 2);
        put("one", one);
        put("two", two);

        CompletionStage<GetObjectResponse> getOne = blobstore().getObject(all("one"));
        CompletionStage<GetObjectResponse> getTwo = blobstore().getObject(all("two"));
        assertThat(received().rest(first(Await.result(getTwo)), two.size())).isEqualTo(two);
        assertThat(received().rest(first(Await.result(getOne)), one.size())).isEqualTo(one);
    }

    @Test
    void aReceiverThatWantsNoMoreGetsNoMore() {
        put("object", noise(6 * largestFirstChunk()));

        received().wantNoMore();
        get("object");
        assertNothingFollowsTheFirstChunkSentOf("object");
    }

    @Test
    void aReceiverThatFailsGetsNoMore() {
        put("object", noise(6 * largestFirstChunk()));

        received().fail();
        get("object");
        assertNothingFollowsTheFirstChunkSentOf("object");
    }

    private void assertNothingFollowsTheFirstChunkSentOf(String objectId) {
        Await.until("a chunk has come", () -> !received().of(objectId).isEmpty());
        received().wantMore();
        // by the time that another object has come as a whole, chunks of the first one would have
        Bytes other = noise(6 * largestFirstChunk() + 1);
        put("other", other);
        assertThat(download("other")).isEqualTo(other);
        assertThat(received().of(objectId)).hasSize(1);
    }

    private GetObjectRequest all(String objectId) {
        return wanted(objectId, Optional.empty(), Optional.empty());
    }

    private CompletionStage<Void> cancel(String streamId, String objectId) {
        Chunk nothing = new Chunk(objectId, container(), Bytes.EMPTY, 0, false);
        return blobstore().putChunk(new PutChunkRequest(nothing, Optional.of(streamId), true));
    }
}
