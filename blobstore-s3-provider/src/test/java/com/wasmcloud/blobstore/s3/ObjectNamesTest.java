package com.wasmcloud.blobstore.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.blobstore.s3.FakeService.Answer;
import com.wasmcloud.blobstore.s3.FakeService.Request;
import com.wasmcloud.contract.blobstore.ListObjectsRequest;
import com.wasmcloud.contract.blobstore.ObjectMetadata;
import com.wasmcloud.contract.blobstore.RemoveObjectsRequest;
import com.wasmcloud.testkit.Await;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Names that XML cannot hold: S3 gives them encoded as in URLs, and takes them one by one. */
class ObjectNamesTest {
    private static final String ODD = "bad\u0001";

    private final Links links = new Links();
    private final FakeService s3 = FakeService.answering(ObjectNamesTest::answer);

    private static Answer answer(Request request) {
        if (!request.method().equals("GET")) {
            return Answer.of(
                    request.method().equals("DELETE") ? 204 : 200,
                    request.method().equals("POST") ? "<DeleteResult/>" : "");
        }
        return Answer.of(200, request.path().contains("encoding-type=url") ? """
                <ListBucketResult><EncodingType>url</EncodingType><IsTruncated>false</IsTruncated>
                <Contents><Key>bad%01</Key><Size>1</Size></Contents><Contents><Key>a+b%2B</Key><Size>1</Size></Contents>
                </ListBucketResult>""" : """
                <ListBucketResult><IsTruncated>false</IsTruncated><Contents><Key>bad&#1;</Key><Size>1</Size></Contents>
                </ListBucketResult>""");
    }

    private S3Blobstore open() {
        return links.open(
                Map.of(
                        "endpoint",
                        s3.url(),
                        "access_key_id",
                        "key",
                        "secret_access_key",
                        "secret",
                        "max_attempts",
                        "1"),
                Links.NOBODY);
    }

    @AfterEach
    void close() {
        links.close();
        s3.close();
    }

    private List<String> requests(String method) {
        return s3.requests().stream()
                .filter(request -> request.method().equals(method))
                .map(request -> request.path() + request.body())
                .toList();
    }

    @Test
    void areListed() {
        ListObjectsRequest all = new ListObjectsRequest(
                "container", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        assertThat(Await.result(open().listObjects(all)).objects())
                .extracting(ObjectMetadata::objectId)
                .containsExactly(ODD, "a b+");
    }

    @Test
    void areRemovedByThemselvesAndTheOthersTogether() {
        assertThat(Await.result(open().removeObjects(new RemoveObjectsRequest("container", List.of("good", ODD)))))
                .isEmpty();

        assertThat(requests("POST")).singleElement().asString().contains("good").doesNotContain("bad");
        assertThat(requests("DELETE")).containsExactly("/container/bad%01");
    }

    @Test
    void areRemovedWithTheirContainer() {
        assertThat(Await.result(open().removeContainers(List.of("container")))).isEmpty();

        assertThat(requests("DELETE")).containsExactly("/container/bad%01", "/container");
    }
}
