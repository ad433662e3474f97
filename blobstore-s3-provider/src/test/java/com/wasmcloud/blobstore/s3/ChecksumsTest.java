package com.wasmcloud.blobstore.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.blobstore.s3.FakeService.Answer;
import com.wasmcloud.blobstore.s3.FakeService.Request;
import com.wasmcloud.contract.blobstore.RemoveObjectsRequest;
import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.testkit.Await;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is sent with a body: not every server knows the framing that newer checksums come in, and some store it. */
class ChecksumsTest {
    private final Links links = new Links();
    private final FakeService service = FakeService.answering(ChecksumsTest::answer);

    @AfterEach
    void close() {
        links.close();
        service.close();
    }

    private static Answer answer(Request request) {
        return Answer.of(200, request.method().equals("POST") ? "<DeleteResult></DeleteResult>" : "");
    }

    private S3Blobstore open(String... more) {
        Map<String, String> link =
                Map.of("endpoint", service.url(), "access_key_id", "key", "secret_access_key", "secret");
        return links.open(link, Links.NOBODY, more);
    }

    private Request sent(String method) {
        return service.requests().stream()
                .filter(request -> request.method().equals(method))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aServerOfOthersGetsBodiesAsTheyAre() {
        Await.result(open().putObject(Links.put("container", "object", Bytes.utf8("content"), true)));

        Request put = sent("PUT");
        assertThat(put.body()).isEqualTo("content");
        assertThat(put.header("Content-encoding")).isEmpty();
        assertThat(put.headers().keySet())
                .noneMatch(name -> name.toLowerCase(Locale.ROOT).matches("x-amz-(trailer|checksum|decoded).*"));
    }

    @Test
    void aServerGetsChecksumsOfItsOwnKindWhereTheLinkSaysSo() {
        Await.result(open("checksum", "when_supported")
                .putObject(Links.put("container", "object", Bytes.utf8("content"), true)));

        assertThat(sent("PUT").headers().keySet())
                .anyMatch(name -> name.toLowerCase(Locale.ROOT).matches("x-amz-(trailer|checksum).*"));
    }

    @Test
    void whatS3DemandsAChecksumForHasTheOneThatEveryServerKnows() {
        Await.result(open().removeObjects(new RemoveObjectsRequest("container", List.of("a", "b"))));

        Request delete = sent("POST");
        assertThat(delete.header("Content-md5")).isNotEmpty();
        assertThat(delete.headers().keySet())
                .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("x-amz-trailer"));
    }
}
