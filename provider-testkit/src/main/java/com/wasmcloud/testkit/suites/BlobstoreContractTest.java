package com.wasmcloud.testkit.suites;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.contract.blobstore.Chunk;
import com.wasmcloud.contract.blobstore.ContainerMetadata;
import com.wasmcloud.contract.blobstore.ContainerObject;
import com.wasmcloud.contract.blobstore.GetObjectRequest;
import com.wasmcloud.contract.blobstore.GetObjectResponse;
import com.wasmcloud.contract.blobstore.ItemResult;
import com.wasmcloud.contract.blobstore.ListObjectsRequest;
import com.wasmcloud.contract.blobstore.ListObjectsResponse;
import com.wasmcloud.contract.blobstore.ObjectMetadata;
import com.wasmcloud.contract.blobstore.PutObjectRequest;
import com.wasmcloud.contract.blobstore.RemoveObjectsRequest;
import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.testkit.Await;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every implementation of {@code wasmcloud:blobstore} has to do, through the contract's Java interface and nothing
 * else: extend it, say in {@link #blobstore} what is to be tested and in {@link #largestFirstChunk} when it gives an
 * object in pieces, and have it send those to {@link #receiver}.
 *
 * <p>Each test has a container of its own and removes it, so implementations may share a store and keep it.
 */
public abstract class BlobstoreContractTest extends BlobstoreStreamRules {
    private static final int MANY = 1_005;
    private static final long UNLIMITED = 4_294_967_295L;

    /** For JUnit and for subclasses. */
    protected BlobstoreContractTest() {}

    @Test
    void createContainerMakesOneAndDoesNothingWhenItIsThere() {
        String name = anotherContainer();
        assertThat(Await.result(blobstore().containerExists(name))).isFalse();

        Await.result(blobstore().createContainer(name));
        assertThat(Await.result(blobstore().containerExists(name))).isTrue();
        assertThat(Await.result(blobstore().getContainerInfo(name)).containerId())
                .isEqualTo(name);

        put("object", Bytes.utf8("kept"));
        Await.result(blobstore().createContainer(container()));
        assertThat(exists("object")).isTrue();
    }

    @Test
    void aContainerHasAName() {
        assertFails(blobstore().createContainer(""));
    }

    @Test
    void listContainersNamesEveryOne() {
        String other = anotherContainer();
        Await.result(blobstore().createContainer(other));

        assertThat(Await.result(blobstore().listContainers()))
                .extracting(ContainerMetadata::containerId)
                .contains(container(), other)
                .doesNotHaveDuplicates();
    }

    @Test
    void whatIsNotThereHasNoInformation() {
        assertFails(blobstore().getContainerInfo(anotherContainer()));
        assertFails(blobstore().getObjectInfo(new ContainerObject(container(), "missing")));
        assertFails(blobstore().getObjectInfo(new ContainerObject(anotherContainer(), "missing")));
    }

    @Test
    void removeContainersEmptiesThemFirstAndTellsOnlyWhichOnesItCouldNotRemove() {
        put("object", Bytes.utf8("a"));
        put("folder/object", Bytes.utf8("b"));
        String empty = anotherContainer();
        Await.result(blobstore().createContainer(empty));
        String missing = anotherContainer();

        assertThat(Await.result(blobstore().removeContainers(List.of(container(), missing, empty))))
                .singleElement()
                .satisfies(failure -> {
                    assertThat(failure.key()).isEqualTo(missing);
                    assertThat(failure.success()).isFalse();
                    assertThat(failure.error().orElse("")).isNotBlank();
                });
        assertThat(Await.result(blobstore().containerExists(container()))).isFalse();
        assertThat(Await.result(blobstore().containerExists(empty))).isFalse();

        // nothing of it is left when one of that name is made again
        Await.result(blobstore().createContainer(container()));
        assertThat(exists("object")).isFalse();
        assertThat(Await.result(blobstore().removeContainers(List.of()))).isEmpty();
    }

    @Test
    void deleteContainerIsTheSameForOneAndFailsWhereThatListsAFailure() {
        put("object", Bytes.utf8("a"));

        Await.result(blobstore().deleteContainer(container()));
        assertThat(Await.result(blobstore().containerExists(container()))).isFalse();
        assertFails(blobstore().deleteContainer(container()));
    }

    @Test
    void anObjectIsKeptAsItWasPut() {
        Instant before = Instant.now();
        Bytes bytes = noise(1_000);
        put("object", bytes, Optional.of("image/png"), Optional.of("gzip"));

        ObjectMetadata info = info("object");
        assertThat(info.objectId()).isEqualTo("object");
        assertThat(info.containerId()).isEqualTo(container());
        assertThat(info.contentLength()).isEqualTo(1_000);
        assertThat(info.contentType()).contains("image/png");
        assertThat(info.contentEncoding()).contains("gzip");
        // stores round to seconds, and their clock is another one
        assertThat(info.lastModified().orElseThrow())
                .isBetween(before.minus(Duration.ofMinutes(1)), before.plus(Duration.ofMinutes(1)));

        GetObjectResponse response = get("object");
        assertThat(response.contentLength()).isEqualTo(1_000);
        assertThat(response.contentType()).contains("image/png");
        assertThat(response.contentEncoding()).contains("gzip");
        assertThat(first(response)).isEqualTo(new Chunk("object", container(), bytes, 0, true));
    }

    @Test
    void anObjectMayBeEmpty() {
        put("empty", Bytes.EMPTY, Optional.of("text/plain"), Optional.empty());

        assertThat(exists("empty")).isTrue();
        assertThat(info("empty").contentLength()).isZero();
        assertThat(info("empty").contentType()).contains("text/plain");
        assertNothing(get("empty"));
        assertNothing(part("empty", Optional.of(0L), Optional.of(-1L)));
    }

    @Test
    void anObjectReplacesTheOneThatWasThere() {
        put("object", Bytes.utf8("a long one"), Optional.of("text/plain"), Optional.of("gzip"));
        put("object", Bytes.utf8("short"));

        assertThat(download("object")).isEqualTo(Bytes.utf8("short"));
        assertThat(info("object").contentEncoding()).isEmpty();
    }

    @Test
    void namesMayBeOfManyKinds() {
        for (String name :
                List.of("a b+c&d=e%20f", "größer, 文字", "folder/of/folders", "q?x=1#y", "~'()!*", "a".repeat(200))) {
            put(name, Bytes.utf8(name));

            assertThat(exists(name)).as(name).isTrue();
            assertThat(info(name).objectId()).isEqualTo(name);
            assertThat(first(get(name)).objectId()).isEqualTo(name);
            assertThat(download(name)).isEqualTo(Bytes.utf8(name));
            assertThat(names(list(Optional.of(name), Optional.of(name), Optional.empty())))
                    .containsExactly(name);
            assertThat(remove(List.of(name))).isEmpty();
            assertThat(exists(name)).as(name).isFalse();
        }
    }

    @Test
    void nothingIsPutWhereThereIsNoContainer() {
        Chunk chunk = new Chunk("object", anotherContainer(), Bytes.utf8("a"), 0, true);

        assertFails(blobstore().putObject(new PutObjectRequest(chunk, Optional.empty(), Optional.empty())));
    }

    @Test
    void whatIsNotThereCannotBeRead() {
        assertThat(exists("missing")).isFalse();
        assertThat(Await.result(blobstore().objectExists(new ContainerObject(anotherContainer(), "missing"))))
                .isFalse();
        assertFails(blobstore().getObject(wanted("missing", Optional.empty(), Optional.empty())));
        assertFails(blobstore().getObject(wanted("missing", Optional.of(1L), Optional.of(2L))));
        assertFails(blobstore()
                .getObject(new GetObjectRequest("missing", anotherContainer(), Optional.empty(), Optional.empty())));
        assertFails(list(anotherContainer(), Optional.empty(), Optional.empty()));
    }

    @Test
    void bothEndsOfAPartBelongToIt() {
        put("digits", Bytes.utf8("0123456789"));

        assertPart("digits", Optional.of(2L), Optional.of(5L), "2345");
        assertPart("digits", Optional.of(0L), Optional.of(0L), "0");
        assertPart("digits", Optional.of(9L), Optional.of(9L), "9");
        assertPart("digits", Optional.of(7L), Optional.empty(), "789");
        assertPart("digits", Optional.empty(), Optional.of(3L), "0123");
        assertPart("digits", Optional.of(0L), Optional.empty(), "0123456789");
    }

    @Test
    void aPartEndsWithItsObject() {
        put("digits", Bytes.utf8("0123456789"));

        assertPart("digits", Optional.of(8L), Optional.of(10L), "89");
        assertPart("digits", Optional.of(8L), Optional.of(Long.MAX_VALUE), "89");
        assertPart("digits", Optional.of(8L), Optional.of(-1L), "89");
        assertPart("digits", Optional.empty(), Optional.of(-1L), "0123456789");
        assertPart("digits", Optional.of(0L), Optional.of(-1L), "0123456789");
    }

    @Test
    void aPartBehindTheEndOrBackwardsIsEmpty() {
        put("digits", Bytes.utf8("0123456789"));

        assertNothing(part("digits", Optional.of(10L), Optional.empty()));
        assertNothing(part("digits", Optional.of(10L), Optional.of(20L)));
        assertNothing(part("digits", Optional.of(-1L), Optional.empty()));
        assertNothing(part("digits", Optional.of(-1L), Optional.of(-1L)));
        assertNothing(part("digits", Optional.of(5L), Optional.of(4L)));
    }

    @Test
    void listObjectsGivesThemInOrderWithWhatIsKnownAboutThem() {
        assertThat(list(Optional.empty(), Optional.empty(), Optional.empty()))
                .isEqualTo(new ListObjectsResponse(List.of(), true, Optional.empty()));
        put("b", Bytes.utf8("bb"));
        put("a", Bytes.utf8("a"));
        put("a-b", Bytes.EMPTY);

        ListObjectsResponse response = list(Optional.empty(), Optional.empty(), Optional.empty());
        assertThat(names(response)).containsExactly("a", "a-b", "b");
        assertThat(response.isLast()).isTrue();
        assertThat(response.continuation()).isEmpty();
        assertThat(response.objects())
                .allSatisfy(object -> assertThat(object.containerId()).isEqualTo(container()))
                .allSatisfy(object -> assertThat(object.lastModified()).isPresent())
                .extracting(ObjectMetadata::contentLength)
                .containsExactly(1L, 0L, 2L);
    }

    @Test
    void listObjectsBeginsAndEndsWhereItIsTold() {
        for (String name : List.of("a", "b", "ba", "c", "d")) {
            put(name, Bytes.utf8(name));
        }

        assertThat(names(list(Optional.of("b"), Optional.empty(), Optional.empty())))
                .containsExactly("b", "ba", "c", "d");
        assertThat(names(list(Optional.of("bb"), Optional.empty(), Optional.empty())))
                .containsExactly("c", "d");
        assertThat(names(list(Optional.empty(), Optional.of("c"), Optional.empty())))
                .containsExactly("a", "b", "ba", "c");
        assertThat(names(list(Optional.empty(), Optional.of("bz"), Optional.empty())))
                .containsExactly("a", "b", "ba");
        assertThat(names(list(Optional.empty(), Optional.empty(), Optional.of("c"))))
                .containsExactly("a", "b", "ba");
        assertThat(names(list(Optional.of("b"), Optional.of("b"), Optional.empty())))
                .containsExactly("b");
        assertThat(names(list(Optional.of("b"), Optional.of("d"), Optional.of("c"))))
                .containsExactly("b", "ba");
        assertThat(names(list(Optional.of("x"), Optional.empty(), Optional.empty())))
                .isEmpty();
        assertThat(list(Optional.of("c"), Optional.of("b"), Optional.empty()))
                .isEqualTo(new ListObjectsResponse(List.of(), true, Optional.empty()));
    }

    @Test
    void listObjectsGoesOnWhereItsAnswerEnded() {
        List<String> names = List.of("a", "b", "c", "d", "e", "f", "g");
        names.forEach(name -> put(name, Bytes.EMPTY));

        ListObjectsRequest all = request(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(3L));
        assertThat(pages(all)).containsExactlyElementsOf(names);
        ListObjectsRequest some = request(Optional.of("b"), Optional.of("f"), Optional.empty(), Optional.of(2L));
        assertThat(pages(some)).containsExactly("b", "c", "d", "e", "f");
        ListObjectsRequest fewer = request(Optional.of("b"), Optional.empty(), Optional.of("f"), Optional.of(2L));
        assertThat(pages(fewer)).containsExactly("b", "c", "d", "e");
    }

    @Test
    void manyObjectsAreListedAndRemovedInOneCall() {
        List<String> names = IntStream.range(0, MANY)
                .mapToObj(number -> "object-%04d".formatted(number))
                .toList();
        putAtOnce(names);

        ListObjectsResponse first = list(Optional.empty(), Optional.empty(), Optional.empty());
        assertThat(names(first)).containsExactlyElementsOf(names.subList(0, 1_000));
        assertThat(first.isLast()).isFalse();
        ListObjectsResponse all = Await.result(blobstore()
                .listObjects(request(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(UNLIMITED))));
        assertThat(names(all)).containsExactlyElementsOf(names);
        assertThat(all.isLast()).isTrue();
        assertThat(all.continuation()).isEmpty();

        assertThat(remove(names)).isEmpty();
        assertThat(names(list(Optional.empty(), Optional.empty(), Optional.empty())))
                .isEmpty();
    }

    @Test
    void aContainerOfManyObjectsIsRemoved() {
        putAtOnce(IntStream.range(0, MANY).mapToObj(number -> "o" + number).toList());

        assertThat(Await.result(blobstore().removeContainers(List.of(container()))))
                .isEmpty();
        assertThat(Await.result(blobstore().containerExists(container()))).isFalse();
    }

    @Test
    void removeObjectsRemovesWhatIsThereAndDoesNotMindTheRest() {
        put("a", Bytes.utf8("a"));
        put("b", Bytes.utf8("b"));
        put("c", Bytes.utf8("c"));

        assertThat(remove(List.of("a", "missing", "c"))).isEmpty();
        assertThat(names(list(Optional.empty(), Optional.empty(), Optional.empty())))
                .containsExactly("b");
        assertThat(remove(List.of())).isEmpty();
    }

    private void putAtOnce(List<String> names) {
        for (int begin = 0; begin < names.size(); begin += 50) {
            List<CompletionStage<?>> calls = new ArrayList<>();
            for (String name : names.subList(begin, Math.min(names.size(), begin + 50))) {
                Chunk chunk = new Chunk(name, container(), Bytes.utf8(name), 0, true);
                calls.add(blobstore().putObject(new PutObjectRequest(chunk, Optional.empty(), Optional.empty())));
            }
            calls.forEach(Await::result);
        }
    }

    private List<ItemResult> remove(List<String> names) {
        return Await.result(blobstore().removeObjects(new RemoveObjectsRequest(container(), names)));
    }

    private GetObjectResponse part(String name, Optional<Long> start, Optional<Long> end) {
        return Await.result(blobstore().getObject(wanted(name, start, end)));
    }

    private void assertPart(String name, Optional<Long> start, Optional<Long> end, String text) {
        GetObjectResponse response = part(name, start, end);
        assertThat(first(response)).isEqualTo(new Chunk(name, container(), Bytes.utf8(text), start.orElse(0L), true));
        assertThat(response.contentLength()).isEqualTo(text.length());
    }

    private static void assertNothing(GetObjectResponse response) {
        assertThat(first(response).bytes().isEmpty()).isTrue();
        assertThat(first(response).isLast()).isTrue();
        assertThat(response.contentLength()).isZero();
    }

    private ListObjectsRequest request(
            Optional<String> startWith, Optional<String> endWith, Optional<String> endBefore, Optional<Long> maxItems) {
        return new ListObjectsRequest(container(), startWith, Optional.empty(), endWith, endBefore, maxItems);
    }

    private ListObjectsResponse list(Optional<String> startWith, Optional<String> endWith, Optional<String> endBefore) {
        return Await.result(blobstore().listObjects(request(startWith, endWith, endBefore, Optional.empty())));
    }

    private CompletionStage<ListObjectsResponse> list(
            String container, Optional<String> startWith, Optional<String> endWith) {
        return blobstore()
                .listObjects(new ListObjectsRequest(
                        container, startWith, Optional.empty(), endWith, Optional.empty(), Optional.empty()));
    }

    /** The names of all pages together. */
    private List<String> pages(ListObjectsRequest request) {
        List<String> names = new ArrayList<>();
        ListObjectsRequest next = request;
        while (true) {
            ListObjectsResponse page = Await.result(blobstore().listObjects(next));
            assertThat((long) page.objects().size())
                    .isLessThanOrEqualTo(request.maxItems().orElseThrow());
            names.addAll(names(page));
            if (page.isLast()) {
                assertThat(page.continuation()).isEmpty();
                return names;
            }
            assertThat(page.objects()).isNotEmpty();
            assertThat(page.continuation()).isPresent();
            next = new ListObjectsRequest(
                    request.containerId(),
                    request.startWith(),
                    page.continuation(),
                    request.endWith(),
                    request.endBefore(),
                    request.maxItems());
        }
    }

    private static List<String> names(ListObjectsResponse response) {
        return response.objects().stream().map(ObjectMetadata::objectId).toList();
    }
}
