package com.wasmcloud.blobstore.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.blobstore.s3.FakeService.Answer;
import com.wasmcloud.blobstore.s3.FakeService.Request;
import com.wasmcloud.contract.blobstore.ContainerObject;
import com.wasmcloud.contract.blobstore.GetObjectRequest;
import com.wasmcloud.contract.blobstore.ListObjectsRequest;
import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.testkit.Await;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What answers like S3, but not as S3 should. */
class HostileAnswersTest {
    private final Links links = new Links();

    @AfterEach
    void close() {
        links.close();
    }

    private S3Blobstore open(FakeService fake, String... more) {
        return links.open(
                Map.of(
                        "endpoint", fake.url(),
                        "access_key_id", "key",
                        "secret_access_key", "secret",
                        "max_attempts", "1"),
                Links.NOBODY,
                more);
    }

    private static FakeService answering(int status, String body) {
        return FakeService.answering(request -> Answer.of(status, body));
    }

    @Test
    void whatIsNoXmlIsAnErrorInOneSentence() {
        try (FakeService fake = answering(200, "<html><body>It works!")) {
            assertThat(Links.failure(open(fake).listObjects(all(1))))
                    .startsWith("cannot list Bucket(container): ")
                    .doesNotContain("\n");
        }
        try (FakeService fake = answering(502, "<html><body>Bad Gateway</body></html>")) {
            assertThat(Links.failure(open(fake).listContainers())).isEqualTo("cannot list buckets: HTTP 502");
        }
    }

    @Test
    void anAnswerThatMakesNoSenseIsNoOutage() {
        try (FakeService fake = answering(
                200,
                "<ListBucketResult><Contents><LastModified>yesterday</LastModified>"
                        + "</Contents></ListBucketResult>")) {
            S3Blobstore blobstore = open(fake);
            Await.until("S3 has been probed", () -> !fake.requests().isEmpty());

            assertThat(Links.failure(blobstore.listObjects(all(1))))
                    .startsWith("cannot list Bucket(container): ")
                    .doesNotContain("cannot reach");
            assertThat(Links.failure(blobstore.containerExists("a\u0000b"))).isNotEmpty();
            assertThat(blobstore.health().healthy()).isTrue();
        }
    }

    @Test
    void theRegionThatS3NamesIsTold() {
        try (FakeService fake = FakeService.answering(
                request -> new Answer(301, Map.of("x-amz-bucket-region", "eu-west-3"), Bytes.EMPTY, -1, () -> {}))) {
            assertThat(Links.failure(open(fake).containerExists("container")))
                    .startsWith("cannot look for Bucket(container): PermanentRedirect")
                    .endsWith("; the bucket is in region eu-west-3 (see the setting region)");
        }
    }

    @Test
    void anErrorOfAnyLengthIsShortened() {
        String text = "x".repeat(10) + "\n" + "x".repeat(100_000);
        try (FakeService fake = answering(400, "<Error><Code>Odd</Code><Message>" + text + "</Message></Error>")) {
            assertThat(Links.failure(open(fake).listContainers()))
                    .startsWith("cannot list buckets: Odd: xxxxxxxxxx xxx")
                    .hasSizeLessThan(400);
        }
    }

    @Test
    void aListWithoutAnEndIsNotFollowed() {
        String page = """
                <ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>again</NextContinuationToken>
                <Contents><Key>a</Key><Size>1</Size></Contents></ListBucketResult>""";
        try (FakeService fake = answering(200, page)) {
            assertThat(Links.failure(open(fake).listObjects(all(4_294_967_295L))))
                    .isEqualTo("cannot list Bucket(container): S3 gives the same page again and again");
        }
    }

    @Test
    void aRangeThatWasNotAskedForIsNotGiven() {
        GetObjectRequest part = new GetObjectRequest("object", "container", Optional.of(5L), Optional.of(6L));
        try (FakeService fake = answering(200, "0123456789")) {
            assertThat(Links.failure(open(fake).getObject(part)))
                    .isEqualTo("cannot get Bucket(container) Object(object): S3 gives another range");
        }
        try (FakeService fake = FakeService.answering(
                request -> new Answer(206, Map.of("Content-Range", "bytes 0-1/10"), Links.noise(2), 2, () -> {}))) {
            assertThat(Links.failure(open(fake).getObject(part))).contains("S3 gives another range");
        }
    }

    @Test
    void anObjectWithoutASizeIsNotGiven() {
        try (FakeService fake =
                FakeService.answering(request -> new Answer(200, Map.of(), Links.noise(100), 0, () -> {}))) {
            assertThat(Links.failure(open(fake).getObject(Links.get("container", "object"))))
                    .isEqualTo("cannot get Bucket(container) Object(object): S3 does not tell its size");
        }
    }

    @Test
    void anObjectWithAWrongChecksumIsNotGiven() {
        Function<Request, Answer> wrong = request -> new Answer(
                200,
                Map.of("x-amz-checksum-crc32", "AAAAAA==", "x-amz-checksum-type", "FULL_OBJECT"),
                Links.noise(3),
                3,
                () -> {});
        try (FakeService fake = FakeService.answering(wrong)) {
            assertThat(Links.failure(
                            open(fake, "checksum", "when_supported").getObject(Links.get("container", "object"))))
                    .startsWith("cannot get Bucket(container) Object(object): ")
                    .containsIgnoringCase("checksum");
            assertThat(Await.result(open(fake).getObject(Links.get("container", "object")))
                            .contentLength())
                    .isEqualTo(3);
        }
    }

    @Test
    void metadataThatIsMissingIsLeftOut() {
        try (FakeService fake =
                FakeService.answering(request -> new Answer(200, Map.of(), Bytes.EMPTY, -1, () -> {}))) {
            var info = Await.result(open(fake).getObjectInfo(new ContainerObject("container", "object")));

            assertThat(info.contentType()).isEmpty();
            assertThat(info.contentEncoding()).isEmpty();
        }
    }

    @Test
    void whatTheTransferIsEncodedInIsNoEncodingOfTheObject() {
        assertThat(ObjectInfo.contentEncoding("aws-chunked")).isEmpty();
        assertThat(ObjectInfo.contentEncoding("aws-chunked,gzip")).contains("gzip");
        assertThat(ObjectInfo.contentEncoding("gzip, aws-chunked")).contains("gzip");
        assertThat(ObjectInfo.contentEncoding("br")).contains("br");
    }

    @Test
    void whatWasNotConfirmedIsNotAcknowledged() {
        try (FakeService fake = FakeService.answering(request -> {
            throw new IllegalStateException("hangs up");
        })) {
            assertThat(Links.failure(
                            open(fake).putObject(Links.put("container", "object", Bytes.utf8("content"), true))))
                    .startsWith("cannot put Bucket(container) Object(object): cannot reach S3 at " + fake.url());
        }
    }

    private static ListObjectsRequest all(long most) {
        return new ListObjectsRequest(
                "container", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(most));
    }
}
