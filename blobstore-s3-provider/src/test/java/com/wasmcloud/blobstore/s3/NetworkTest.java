package com.wasmcloud.blobstore.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.servers.S3Server;
import com.wasmcloud.testkit.servers.TestCertificates;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS and proxies on the way to S3. */
class NetworkTest {
    private final Links links = new Links();

    @AfterEach
    void close() {
        links.close();
    }

    @Test
    void anAuthorityOfOnesOwnIsTrustedWhereItIsNamed(@TempDir Path folder) {
        TestCertificates certificates = TestCertificates.in(folder);
        try (S3Server server = S3Server.setup().tls(certificates).start()) {
            S3Blobstore trusting =
                    links.open(server, "tls_ca_file", certificates.authority().toString());
            S3Blobstore wary = links.open(server);

            assertThat(Await.result(trusting.containerExists("container"))).isFalse();
            assertThat(Links.failure(wary.containerExists("container")))
                    .startsWith("cannot look for Bucket(container): cannot reach S3 at " + server.url()
                            + ": no TLS with it: ")
                    .contains("(see tls_ca_file)");
            Links.awaitHealth(wary, "no TLS with it");
        }
    }

    @Test
    void aProxyIsUsedWithItsPasswordButNotForItsExceptions() {
        try (S3Server server = S3Server.start();
                FakeProxy proxy = new FakeProxy()) {
            String url = "http://user:pa%3As@127.0.0.1:" + proxy.port();
            S3Blobstore direct = links.open(server, "proxy", url, "no_proxy", "other.example.com, 127.0.0.1");
            assertThat(Await.result(direct.containerExists("container"))).isFalse();
            assertThat(proxy.heads()).isEmpty();

            S3Blobstore proxied = links.open(server, "proxy", url);
            assertThat(Await.result(proxied.containerExists("container"))).isFalse();
            assertThat(proxy.heads()).isNotEmpty().allSatisfy(head -> assertThat(head)
                    .startsWith("CONNECT 127.0.0.1:" + server.port() + " ")
                    .containsIgnoringCase("Proxy-Authorization: Basic dXNlcjpwYTpz"));
        }
    }

    @Test
    void aProxyThatIsAwayIsSaid() {
        FakeProxy gone = new FakeProxy();
        gone.close();
        try (S3Server server = S3Server.start()) {
            S3Blobstore blobstore = links.open(server, "proxy", "http://127.0.0.1:" + gone.port());

            assertThat(Links.failure(blobstore.containerExists("container")))
                    .startsWith("cannot look for Bucket(container): cannot reach S3 at " + server.url());
        }
    }
}
