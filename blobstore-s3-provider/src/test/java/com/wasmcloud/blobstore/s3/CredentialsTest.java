package com.wasmcloud.blobstore.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.blobstore.s3.FakeService.Answer;
import com.wasmcloud.blobstore.s3.FakeService.Request;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.servers.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialsTest {
    private static final String ROLE = "arn:aws:iam::123456789012:role/app";

    private final Links links = new Links();
    private final AtomicInteger renewals = new AtomicInteger();

    @AfterEach
    void close() {
        links.close();
    }

    /** An S3 that answers that there are no buckets. */
    private static FakeService anyS3() {
        return FakeService.answering(request -> Answer.of(200, "<ListAllMyBucketsResult/>"));
    }

    private FakeService sts(Duration validity) {
        return FakeService.answering(request -> {
            String action = request.body().contains("Action=AssumeRoleWithWebIdentity")
                    ? "AssumeRoleWithWebIdentity"
                    : "AssumeRole";
            return Answer.of(200, """
                    <%1$sResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><%1$sResult><Credentials>
                    <AccessKeyId>LENT%2$d</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>
                    <SessionToken>token%2$d</SessionToken><Expiration>%3$s</Expiration>
                    </Credentials></%1$sResult></%1$sResponse>""".formatted(
                            action, renewals.incrementAndGet(), Instant.now().plus(validity)));
        });
    }

    private S3Blobstore open(FakeService s3, FakeService sts, Map<String, String> more) {
        Map<String, String> values = new HashMap<>(Map.of("endpoint", s3.url(), "sts_config.endpoint", sts.url()));
        values.putAll(more);
        return links.open(values, Links.NOBODY);
    }

    private static List<Request> signedWith(FakeService s3, String key) {
        return s3.requests().stream()
                .filter(request -> request.header("Authorization").contains("Credential=" + key + "/"))
                .toList();
    }

    @Test
    void aRoleIsAssumedWithAnAccessKeyAndLastsForManyCalls() {
        try (FakeService s3 = anyS3();
                FakeService sts = sts(Duration.ofHours(1))) {
            S3Blobstore blobstore = open(
                    s3,
                    sts,
                    Map.of(
                            "access_key_id", "BASE",
                            "secret_access_key", "base",
                            "region", "eu-central-1",
                            "sts_config.role", ROLE,
                            "sts_config.region", "eu-west-1",
                            "sts_config.external_id", "shared"));
            for (int i = 0; i < 5; i++) {
                Await.result(blobstore.listContainers());
            }

            Request assume = sts.requests().get(0);
            assertThat(sts.requests()).hasSize(1);
            assertThat(assume.body())
                    .contains("Action=AssumeRole&", "RoleSessionName=blobstore_s3_provider", "ExternalId=shared")
                    .contains("role%2Fapp");
            assertThat(assume.header("Authorization")).contains("Credential=BASE/", "/eu-west-1/sts/");
            assertThat(signedWith(s3, "LENT1")).hasSizeGreaterThanOrEqualTo(5).allSatisfy(request -> {
                assertThat(request.header("X-amz-security-token")).isEqualTo("token1");
                assertThat(request.header("Authorization")).contains("/eu-central-1/s3/");
            });
        }
    }

    @Test
    void aWebIdentityNeedsNoOtherCredentials(@TempDir Path folder) throws IOException {
        Path token = Files.writeString(folder.resolve("token"), "json-web-token\n");
        try (FakeService s3 = anyS3();
                FakeService sts = sts(Duration.ofHours(1))) {
            S3Blobstore blobstore =
                    open(s3, sts, Map.of("AWS_ROLE_ARN", ROLE, "AWS_WEB_IDENTITY_TOKEN_FILE", token.toString()));
            Await.result(blobstore.listContainers());

            assertThat(sts.requests().get(0).body())
                    .contains("Action=AssumeRoleWithWebIdentity", "role%2Fapp")
                    .endsWith("WebIdentityToken=json-web-token");
            assertThat(sts.requests().get(0).header("Authorization")).isEmpty();
            assertThat(signedWith(s3, "LENT1")).isNotEmpty();
        }
    }

    @Test
    void aRoleThatIsRefusedIsSaidByCallsAndHealth() {
        try (FakeService s3 = anyS3();
                FakeService sts = FakeService.answering(request -> Answer.of(
                        403,
                        "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code>"
                                + "<Message>not for you</Message></Error></ErrorResponse>"))) {
            S3Blobstore blobstore = open(
                    s3, sts, Map.of("access_key_id", "BASE", "secret_access_key", "hidden", "sts_config.role", ROLE));

            assertThat(Links.failure(blobstore.listContainers())).contains("AccessDenied: not for you");
            Links.awaitHealth(blobstore, "AccessDenied: not for you");
            assertThat(s3.requests()).isEmpty();
        }
    }

    @Test
    void wrongKeysAreSaidByCallsAndHealthAndNeverShown() {
        try (S3Server server = S3Server.start()) {
            S3Blobstore unknown = links.open(server, "access_key_id", "nobody", "secret_access_key", "hidden");
            S3Blobstore wrong = links.open(server, "secret_access_key", "hidden");

            assertThat(Links.failure(unknown.listContainers()))
                    .startsWith("cannot list buckets: InvalidAccessKeyId")
                    .doesNotContain("hidden");
            assertThat(Links.failure(wrong.listContainers()))
                    .startsWith("cannot list buckets: SignatureDoesNotMatch")
                    .doesNotContain("hidden");
            Links.awaitHealth(unknown, "cannot use S3 at " + server.url() + ": it answers InvalidAccessKeyId");
            Links.awaitHealth(wrong, "cannot use S3 at " + server.url() + ": it answers SignatureDoesNotMatch");
        }
    }

    @Test
    void aKeyInAFileIsReadAgainWhenItIsRefused(@TempDir Path folder) throws IOException {
        try (S3Server server = S3Server.start()) {
            Path secret = Files.writeString(folder.resolve("secret"), "an-earlier-one");
            S3Blobstore blobstore = links.open(server, "secret_access_key", "file:" + secret);
            Links.awaitHealth(blobstore, "it answers SignatureDoesNotMatch");
            Files.delete(secret);
            assertThat(Links.failure(blobstore.listContainers())).contains("SignatureDoesNotMatch");

            Files.writeString(secret, server.secretKey());

            Links.awaitHealthy(blobstore);
            assertThat(Await.result(blobstore.listContainers())).isEmpty();
        }
    }

    @Test
    void linksHaveCredentialsOfTheirOwn() {
        try (S3Server one = S3Server.start();
                S3Server two = S3Server.start()) {
            S3Blobstore first = links.open(one);
            S3Blobstore second = links.open(two);
            Await.result(first.createContainer("container-one"));
            Await.result(second.createContainer("container-two"));

            assertThat(Await.result(first.containerExists("container-two"))).isFalse();
            assertThat(Await.result(second.containerExists("container-one"))).isFalse();
        }
    }
}
