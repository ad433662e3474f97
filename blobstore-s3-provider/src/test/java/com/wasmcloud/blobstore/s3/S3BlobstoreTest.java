package com.wasmcloud.blobstore.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.contract.blobstore.Blobstore;
import com.wasmcloud.contract.blobstore.ContainerMetadata;
import com.wasmcloud.contract.blobstore.ContainerObject;
import com.wasmcloud.contract.blobstore.GetObjectResponse;
import com.wasmcloud.contract.blobstore.ListObjectsRequest;
import com.wasmcloud.contract.blobstore.ObjectMetadata;
import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.servers.S3Server;
import com.wasmcloud.testkit.servers.Servers;
import com.wasmcloud.testkit.suites.BlobstoreContractTest;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(Servers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class S3BlobstoreTest extends BlobstoreContractTest {
    private static final int LARGEST_CHUNK = 100_000;

    private final Links links = new Links();
    private final S3Server server;
    private final S3Blobstore blobstore;

    S3BlobstoreTest(S3Server server) {
        this.server = server;
        this.blobstore = links.open(server, receiver(), "max_chunk_size_bytes", String.valueOf(LARGEST_CHUNK));
    }

    @AfterAll
    void close() {
        links.close();
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
    void missingThingsAreNamedInTheWordsOfTheProviderInRust() {
        String container = newContainer(blobstore);

        assertThat(Links.failure(blobstore.getObject(Links.get(container, "missing"))))
                .isEqualTo("Not found: Bucket(%s) Object(missing)".formatted(container));
        assertThat(Links.failure(blobstore.getObjectInfo(new ContainerObject(container, "missing"))))
                .isEqualTo("Not found: Bucket(%s) Object(missing)".formatted(container));
        assertThat(Links.failure(blobstore.getContainerInfo("nobody-has-it")))
                .isEqualTo("Bucket(nobody-has-it)not found");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ab|bucket names must be between 3 and 63 characters long",
                "Upper|bucket names can consist only of lowercase letters, numbers, dots (.), and hyphens (-)",
                "-dash|bucket names must begin and end with a letter or number"
            })
    void aContainerOfAnImpossibleNameIsNotMade(String name, String reason) {
        assertThat(Links.failure(blobstore.createContainer(name)))
                .isEqualTo("invalid parameter: Invalid bucket name Bucket(%s): %s".formatted(name, reason));
    }

    @Test
    void aContainerThatCannotBeRemovedIsListedWithTheCodeOfS3() {
        assertThat(Await.result(blobstore.removeContainers(List.of("nobody-has-it"))))
                .singleElement()
                .satisfies(failure -> {
                    assertThat(failure.key()).isEqualTo("nobody-has-it");
                    assertThat(failure.error().orElse(""))
                            .startsWith("cannot remove Bucket(nobody-has-it): NoSuchBucket");
                });
    }

    @Test
    void aContainerInAnotherRegionIsMadeThere() {
        S3Blobstore elsewhere = links.open(server, "region", "eu-central-1");

        String container = newContainer(elsewhere);

        assertThat(Await.result(blobstore.containerExists(container))).isTrue();
    }

    @Test
    void anAliasIsAnotherNameForABucketAndTheNameThatIsGivenBack() {
        String bucket = newContainer(blobstore);
        S3Blobstore aliased = links.open(server, "alias_images", bucket);
        Await.result(aliased.putObject(Links.put("alias_images", "object", Bytes.utf8("content"), true)));

        assertThat(Await.result(blobstore.objectExists(new ContainerObject(bucket, "object"))))
                .isTrue();
        for (String name : List.of("alias_images", "images", "alias_" + bucket, bucket)) {
            GetObjectResponse response = Await.result(aliased.getObject(Links.get(name, "object")));
            assertThat(response.initialChunk().orElseThrow().containerId()).isEqualTo(name);
            assertThat(Await.result(aliased.getObjectInfo(new ContainerObject(name, "object")))
                            .containerId())
                    .isEqualTo(name);
            assertThat(Await.result(aliased.getContainerInfo(name)).containerId())
                    .isEqualTo(name);
            assertThat(Await.result(aliased.listObjects(all(name))).objects())
                    .extracting(ObjectMetadata::containerId)
                    .containsExactly(name);
        }
        assertThat(Links.failure(aliased.getObject(Links.get("alias_images", "missing"))))
                .isEqualTo("Not found: Bucket(alias_images) Object(missing)");
        Await.result(aliased.createContainer("alias_images"));
        assertThat(Await.result(aliased.removeContainers(List.of("alias_images"))))
                .isEmpty();
    }

    @Test
    void metadataWithoutAContainerIsThatOfTheOnlyContainerThatWasNamed() {
        S3Blobstore fresh = links.open(server);
        ContainerObject nameless = new ContainerObject("", "object");
        assertThat(Links.failure(fresh.getObjectInfo(nameless)))
                .startsWith("invalid parameter: the request for the metadata of Object(object) names no container");

        String one = newContainer(fresh);
        Await.result(fresh.putObject(Links.put(one, "object", Bytes.utf8("12345"), true)));
        ObjectMetadata info = Await.result(fresh.getObjectInfo(nameless));
        assertThat(info.contentLength()).isEqualTo(5);
        assertThat(info.containerId()).isEqualTo(one);

        newContainer(fresh);
        assertThat(Links.failure(fresh.getObjectInfo(nameless))).contains("set default_container in the link");
    }

    @Test
    void metadataWithoutAContainerIsThatOfTheDefaultContainer() {
        String bucket = newContainer(blobstore);
        Await.result(blobstore.putObject(Links.put(bucket, "object", Bytes.utf8("12345"), true)));
        S3Blobstore withDefault = links.open(server, "default_container", bucket);

        assertThat(Await.result(withDefault.getObjectInfo(new ContainerObject("", "object")))
                        .contentLength())
                .isEqualTo(5);
    }

    @Test
    void everyContainerIsListedWithTheTimeOfItsMaking() {
        String container = newContainer(blobstore);

        assertThat(Await.result(blobstore.listContainers()))
                .filteredOn(ContainerMetadata::containerId, container)
                .singleElement()
                .satisfies(info -> assertThat(info.createdAt()).isPresent());
    }

    @Test
    void theRustHostsListingIsCompleteInOneAnswer() {
        String container = newContainer(blobstore);
        for (String name : List.of("a", "b", "c")) {
            Await.result(blobstore.putObject(Links.put(container, name, Bytes.EMPTY, true)));
        }

        var listed = Await.result(blobstore.listObjects(new ListObjectsRequest(
                container,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(4_294_967_295L))));
        assertThat(listed.objects()).hasSize(3);
        assertThat(listed.isLast()).isTrue();
        assertThat(listed.continuation()).isEmpty();
    }

    @Test
    void whatSomeEncodersWriteForAbsentFieldsIsTakenForAbsent() {
        String container = newContainer(blobstore);
        Await.result(blobstore.putObject(Links.put(container, "object", Bytes.EMPTY, true)));

        assertThat(Await.result(blobstore.listObjects(new ListObjectsRequest(
                                container,
                                Optional.of(""),
                                Optional.of(""),
                                Optional.of(""),
                                Optional.of(""),
                                Optional.of(0L))))
                        .objects())
                .hasSize(1);
    }

    private static ListObjectsRequest all(String container) {
        return new ListObjectsRequest(
                container, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static String newContainer(S3Blobstore blobstore) {
        String name = "own-" + UUID.randomUUID();
        Await.result(blobstore.createContainer(name));
        return name;
    }
}
