package com.wasmcloud.blobstore.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.provider.support.HostNames;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.servers.S3Server;
import com.wasmcloud.testkit.servers.TestCertificates;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the name of an S3 does, and the looking up of it. */
class HostsTest {
    private static final String SILENT = "name-server-that-never.answers";

    private final CountDownLatch answered = new CountDownLatch(1);
    private final S3Server server = S3Server.start();
    private final Links links = new Links(new S3Runtime(lookup()));

    private HostNames.Lookup lookup() {
        return host -> {
            if (host.equals(SILENT)) {
                awaitAnswer();
            }
            if (host.endsWith(".invalid")) {
                throw new UnknownHostException(host);
            }
            return new InetAddress[] {InetAddress.getLoopbackAddress()};
        };
    }

    private void awaitAnswer() {
        try {
            answered.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void close() {
        answered.countDown();
        links.close();
        server.close();
    }

    private S3Blobstore open(String host, String... more) {
        Map<String, String> values = new HashMap<>(server.linkValues());
        values.put("endpoint", "http://" + host + ":" + URI.create(server.url()).getPort());
        return links.open(values, Links.NOBODY, more);
    }

    @Test
    void aNameThatIsNotLookedUpKeepsNobodyElseWaiting() {
        S3Blobstore first = open(SILENT, "request_timeout_ms", "1000");
        S3Blobstore second = open(SILENT, "request_timeout_ms", "1000");
        S3Blobstore good = open("good.example");
        for (int i = 0; i < 20; i++) {
            assertThat(Await.result(good.containerExists("container"))).isFalse();
        }

        Links.awaitHealth(first, "no answer in time");
        Links.awaitHealth(second, "no answer in time");
        assertThat(good.health().healthy()).isTrue();
        answered.countDown();
        Links.awaitHealthy(first);
        Links.awaitHealthy(second);
    }

    @Test
    void aHostMayHaveAnUnderscoreInItsName() {
        S3Blobstore blobstore = open("minio_server");

        Await.result(blobstore.createContainer("container"));
        Await.result(blobstore.putObject(Links.put("container", "object", Bytes.utf8("content"), true)));
        assertThat(Await.result(blobstore.getObject(Links.get("container", "object")))
                        .contentLength())
                .isEqualTo(7);
    }

    @Test
    void aHostWithAnUnderscoreIsComparedWithItsCertificate(@TempDir Path folder) {
        TestCertificates certificates = TestCertificates.in(folder);
        try (S3Server secure = S3Server.setup().tls(certificates).start()) {
            String port = ":" + URI.create(secure.url()).getPort();
            Map<String, String> values = new HashMap<>(secure.linkValues());
            values.put("tls_ca_file", certificates.authority().toString());
            values.put("endpoint", "https://tls_server" + port);
            assertThat(Await.result(links.open(values, Links.NOBODY).listContainers()))
                    .isEmpty();

            values.put("endpoint", "https://other_server" + port);
            assertThat(Links.failure(links.open(values, Links.NOBODY).listContainers()))
                    .contains("No subject alternative DNS name matching other_server found");
        }
    }

    @Test
    void aHostWithoutANameIsSaid() {
        assertThat(Links.failure(open("s3.invalid").listContainers())).contains("its host name is not known");
    }
}
