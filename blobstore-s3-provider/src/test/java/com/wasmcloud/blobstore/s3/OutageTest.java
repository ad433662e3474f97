package com.wasmcloud.blobstore.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.servers.S3Server;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutageTest {
    private final S3Server server = S3Server.start();
    private final Links links = new Links();

    @AfterEach
    void close() {
        links.close();
        server.close();
    }

    @Test
    void anS3ThatIsAwayIsSaidByCallsAndHealthAndFoundWhenItComes() {
        server.stop();
        S3Blobstore blobstore = links.open(server);

        assertThat(Links.failure(blobstore.containerExists("container")))
                .isEqualTo(
                        "cannot look for Bucket(container): cannot reach S3 at %s: connection refused; try again later"
                                .formatted(server.url()));
        Links.awaitHealth(blobstore, "cannot use S3 at " + server.url() + ": connection refused");

        server.restart();
        Links.awaitHealthy(blobstore);
        assertThat(Await.result(blobstore.containerExists("container"))).isFalse();
    }

    @Test
    void anOutageIsNoticedByNobodysCallWhenTheLinkIsNew() {
        server.stop();

        Links.awaitHealth(links.open(server), "connection refused");
    }

    @Test
    void whatWasAcknowledgedIsThereAfterAnOutage() {
        S3Blobstore blobstore = links.open(server);
        Await.result(blobstore.createContainer("container"));
        Await.result(blobstore.putObject(Links.put("container", "before", Bytes.utf8("kept"), true)));

        server.stop();
        assertThat(Links.failure(blobstore.putObject(Links.put("container", "during", Bytes.utf8("lost"), true))))
                .startsWith("cannot put Bucket(container) Object(during): cannot reach S3 at " + server.url());
        server.restart();

        assertThat(Await.result(blobstore.getObject(Links.get("container", "before")))
                        .contentLength())
                .isEqualTo(4);
        Await.result(blobstore.putObject(Links.put("container", "after", Bytes.utf8("kept"), true)));
        Links.awaitHealthy(blobstore);
    }

    @Test
    void anS3ThatHangsFailsCallsInTime() {
        S3Blobstore blobstore = links.open(server, "request_timeout_ms", "1000");
        server.freeze();

        assertThat(Links.failure(blobstore.containerExists("container"))).contains("no answer in time");
        Links.awaitHealth(blobstore, "no answer in time");
        server.thaw();
        Links.awaitHealthy(blobstore);
    }

    @Test
    void anAnswerThatAsksForPatienceIsTriedAgain() {
        S3Blobstore blobstore = links.open(server, "max_attempts", "20");
        Await.result(blobstore.createContainer("container"));
        server.fail(503, "SlowDown", "putBlob");

        CompletionStage<?> call = blobstore.putObject(Links.put("container", "object", Bytes.utf8("a"), true));
        Await.until("it is tried twice", () -> server.calls("putBlob") >= 2);
        server.heal();

        Await.result(call);
    }

    @Test
    void anS3InTroubleIsSaidByCallsAndHealth() {
        S3Blobstore blobstore = links.open(server, "max_attempts", "1");
        Await.result(blobstore.listContainers());
        server.fail(503, "SlowDown");

        assertThat(Links.failure(blobstore.listContainers())).startsWith("cannot list buckets: SlowDown");
        Links.awaitHealth(blobstore, "it answers SlowDown");
        server.heal();
        Links.awaitHealthy(blobstore);
    }
}
