package com.wasmcloud.testkit.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class S3ProcessTest {
    @Test
    void comesBackOnItsPortWithItsObjectsAfterItWasKilled() throws Exception {
        Path objects;
        try (S3Process server = S3Process.start("-XX:TieredStopAtLevel=1")) {
            objects = server.objects();
            Files.createDirectory(objects.resolve("bucket"));
            String url = server.url();
            long pid = server.pid();
            assertThat(status(url)).isEqualTo(403);

            server.kill();
            assertThat(server.running()).isFalse();
            server.restart();

            assertThat(server.url()).isEqualTo(url);
            assertThat(server.pid()).isNotEqualTo(pid);
            assertThat(status(url)).isEqualTo(403);
            assertThat(objects.resolve("bucket")).isDirectory();
            assertThat(server.linkValues()).containsEntry("secret_access_key", server.secretKey());
        }
        assertThat(objects).doesNotExist();
    }

    /** Without a signature. */
    private static int status(String url) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
