package com.wasmcloud.testkit.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wasmcloud.testkit.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

class S3ServerTest {
    @Test
    void keepsObjectsOverAStopOnTheSamePort() {
        try (S3Server server = S3Server.start();
                S3Client client = client(server, server.secretKey())) {
            client.createBucket(request -> request.bucket("bucket"));
            put(client, "text");
            String url = server.url();

            server.stop();
            assertThat(server.running()).isFalse();
            assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), server.port()).close())
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> get(client)).isInstanceOf(SdkClientException.class);

            server.restart();
            assertThat(server.url()).isEqualTo(url);
            assertThat(get(client)).isEqualTo("text");
        }
    }

    @Test
    void keepsObjectsInAFolderForTheNextServer(@TempDir Path folder) {
        try (S3Server server = S3Server.startIn(folder);
                S3Client client = client(server, server.secretKey())) {
            client.createBucket(request -> request.bucket("bucket"));
            put(client, "text");
        }
        try (S3Server server = S3Server.startIn(folder);
                S3Client client = client(server, server.secretKey())) {
            assertThat(get(client)).isEqualTo("text");
        }
    }

    @Test
    void refusesAWrongSignature() {
        try (S3Server server = S3Server.start();
                S3Client client = client(server, "wrong")) {
            assertThatThrownBy(client::listBuckets).isInstanceOfSatisfying(S3Exception.class, failure -> {
                assertThat(failure.statusCode()).isEqualTo(403);
                assertThat(failure.awsErrorDetails().errorCode()).isEqualTo("SignatureDoesNotMatch");
            });
        }
    }

    @Test
    void speaksTls(@TempDir Path folder) {
        TestCertificates certificates = TestCertificates.in(folder);
        try (S3Server server = S3Server.setup().tls(certificates).start()) {
            assertThat(server.url()).startsWith("https://");
            try (S3Client stranger = client(server, server.secretKey())) {
                assertThatThrownBy(stranger::listBuckets).hasCauseInstanceOf(SSLHandshakeException.class);
            }
        }
    }

    @Test
    void failsAndCountsTheCallsThatItIsTold() {
        try (S3Server server = S3Server.start();
                S3Client client = client(server, server.secretKey())) {
            client.createBucket(request -> request.bucket("bucket"));
            put(client, "text");

            server.fail(404, "NoSuchThing", "putBlob");
            assertThatThrownBy(() -> put(client, "more")).isInstanceOfSatisfying(S3Exception.class, failure -> {
                assertThat(failure.statusCode()).isEqualTo(404);
                assertThat(failure.awsErrorDetails().errorCode()).isEqualTo("NoSuchThing");
            });
            assertThat(get(client)).isEqualTo("text");

            server.heal();
            put(client, "more");
            assertThat(get(client)).isEqualTo("more");
            assertThat(server.calls("putBlob")).isEqualTo(3);
            assertThat(server.calls("getBlob")).isEqualTo(2);
        }
    }

    @Test
    void holdsRequestsUntilItIsThawed() {
        try (S3Server server = S3Server.start();
                S3Client client = client(server, server.secretKey())) {
            server.freeze();
            CompletableFuture<Integer> buckets = CompletableFuture.supplyAsync(
                    () -> client.listBuckets().buckets().size());
            Await.until("the request has come", () -> server.calls("list") > 0);
            assertThat(buckets).isNotDone();

            server.thaw();
            assertThat(Await.result(buckets)).isZero();
        }
    }

    private static S3Client client(S3Server server, String secretKey) {
        return S3Client.builder()
                .endpointOverride(URI.create(server.url()))
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(server.accessKey(), secretKey)))
                .build();
    }

    private static void put(S3Client client, String text) {
        client.putObject(request -> request.bucket("bucket").key("key"), RequestBody.fromString(text));
    }

    private static String get(S3Client client) {
        return client.getObjectAsBytes(request -> request.bucket("bucket").key("key"))
                .asString(StandardCharsets.UTF_8);
    }
}
