package com.wasmcloud.blobstore.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.wasmcloud.blobstore.s3.CredentialSettings.Keys;
import com.wasmcloud.blobstore.s3.CredentialSettings.Role;
import com.wasmcloud.blobstore.s3.NetworkSettings.Proxy;
import com.wasmcloud.provider.settings.Secret;
import com.wasmcloud.provider.settings.SettingsException;
import com.wasmcloud.provider.settings.Sources;
import com.wasmcloud.testkit.servers.TestCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class S3SettingsTest {
    private static final int MIB = 1 << 20;

    @Test
    void hasDefaults() {
        S3Settings settings = link(Map.of());

        assertThat(settings.server()).isEqualTo(new ServerSettings(Optional.empty(), "us-east-1", false, 3, true));
        assertThat(settings.credentials()).isEqualTo(new CredentialSettings(Optional.empty(), Optional.empty()));
        assertThat(settings.network())
                .isEqualTo(new NetworkSettings(
                        Optional.empty(),
                        Optional.empty(),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(10),
                        50));
        assertThat(settings.transfers())
                .isEqualTo(new TransferSettings(
                        917_504,
                        16 * MIB,
                        5 * MIB,
                        Duration.ofMinutes(5),
                        100,
                        settings.transfers().memory()));
        assertThat(settings.containers()).isEqualTo(new ContainerNames(Map.of(), Optional.empty()));
    }

    @Test
    void readsEveryKey(@TempDir Path folder) throws IOException {
        TestCertificates certificates = TestCertificates.in(folder);
        Path token = Files.writeString(folder.resolve("token"), "jwt");
        Map<String, String> values = new LinkedHashMap<>();
        values.put("access_key_id", "AKIA");
        values.put("secret_access_key", "secret");
        values.put("session_token", "token");
        values.put("region", "eu-central-1");
        values.put("endpoint", "https://s3.example.com:9000/");
        values.put("path_style", "false");
        values.put("max_attempts", "5");
        values.put("checksum", "WHEN_REQUIRED");
        values.put("sts_config.role", "arn:aws:iam::123456789012:role/app");
        values.put("sts_config.region", "eu-west-1");
        values.put("sts_config.session", "mine");
        values.put("sts_config.external_id", "shared");
        values.put("sts_config.endpoint", "http://sts.example.com");
        values.put("web_identity_token_file", token.toString());
        values.put("tls_ca_file", certificates.authority().toString());
        values.put("proxy", "http://user:pa%24s@proxy.example.com:8080");
        values.put("no_proxy", "localhost, .example.com");
        values.put("connect_timeout_ms", "700");
        values.put("read_timeout_ms", "800");
        values.put("request_timeout_ms", "900");
        values.put("max_connections", "7");
        values.put("max_chunk_size_bytes", "1000");
        values.put("max_initial_chunk_bytes", "2000");
        values.put("part_size_bytes", "6000000");
        values.put("upload_timeout_ms", "1500");
        values.put("max_uploads", "3");
        values.put("alias_images", "bucket-of-images");
        values.put("default_container", "images");

        assertThat(S3Settings.of(
                        values, Sources.ofConfiguration("config_json", "{\"max_memory_bytes\":20000000}"), Map.of()))
                .isEqualTo(new S3Settings(
                        new ServerSettings(
                                Optional.of(Endpoint.parse("https://s3.example.com:9000")),
                                "eu-central-1",
                                false,
                                5,
                                false),
                        new CredentialSettings(
                                Optional.of(new Keys("AKIA", new Secret("secret"), Optional.of(new Secret("token")))),
                                Optional.of(new Role(
                                        "arn:aws:iam::123456789012:role/app",
                                        Optional.of("eu-west-1"),
                                        "mine",
                                        Optional.of("shared"),
                                        Optional.of(Endpoint.parse("http://sts.example.com")),
                                        Optional.of(token)))),
                        new NetworkSettings(
                                Optional.of(certificates.authority()),
                                Optional.of(new Proxy(
                                        "proxy.example.com",
                                        8080,
                                        Optional.of("user"),
                                        Optional.of(new Secret("pa$s")),
                                        List.of("localhost", ".example.com"))),
                                Duration.ofMillis(700),
                                Duration.ofMillis(800),
                                Duration.ofMillis(900),
                                7),
                        new TransferSettings(1000, 2000, 6_000_000, Duration.ofMillis(1500), 3, 20_000_000),
                        new ContainerNames(Map.of("images", "bucket-of-images"), Optional.of("images"))));
    }

    @Test
    void pathStyleIsTheDefaultWhereSomebodyElseServes() {
        assertThat(link(Map.of("endpoint", "http://minio:9000")).server().pathStyle())
                .isTrue();
        assertThat(link(Map.of("endpoint", "https://s3.eu-central-1.amazonaws.com"))
                        .server()
                        .pathStyle())
                .isFalse();
    }

    @Test
    void checksumsBeyondWhatIsRequiredAreForAwsUnlessTheLinkSaysSo() {
        assertThat(link(Map.of()).server().checksums()).isTrue();
        assertThat(link(Map.of("endpoint", "https://s3.eu-central-1.amazonaws.com"))
                        .server()
                        .checksums())
                .isTrue();
        assertThat(link(Map.of("endpoint", "http://minio:9000")).server().checksums())
                .isFalse();
        assertThat(link(Map.of("endpoint", "http://minio:9000", "checksum", "when_supported"))
                        .server()
                        .checksums())
                .isTrue();
    }

    @Test
    void hostNamesMayContainUnderscores() {
        S3Settings settings = link(Map.of(
                "endpoint", "http://minio_server:9000",
                "sts_config.role", "arn:aws:iam::123456789012:role/app",
                "sts_config.endpoint", "http://sts_server",
                "access_key_id", "key",
                "secret_access_key", "secret",
                "proxy", "http://user:p@ss@proxy_server:8080"));

        assertThat(settings.server().endpoint().orElseThrow()).hasToString("http://minio_server:9000");
        assertThat(settings.credentials().role().orElseThrow().endpoint().orElseThrow())
                .hasToString("http://sts_server");
        assertThat(settings.network().proxy().orElseThrow().host()).isEqualTo("proxy_server");
        assertThat(settings.network()
                        .proxy()
                        .orElseThrow()
                        .password()
                        .orElseThrow()
                        .reveal())
                .isEqualTo("p@ss");
    }

    @Test
    void theLargestChunkIsTheLargestFirstOneTooUnlessThatIsNamed() {
        assertThat(link(Map.of("MAX_CHUNK_SIZE", "300")).transfers().maxInitialChunk())
                .isEqualTo(300);
        assertThat(link(Map.of("max_chunk_size_bytes", "300", "max_initial_chunk_bytes", "900"))
                        .transfers()
                        .maxInitialChunk())
                .isEqualTo(900);
    }

    @Test
    void chunksAreNoLargerThanMemoryAllows() {
        TransferSettings transfers = S3Settings.of(
                        Map.of("max_chunk_size_bytes", "524288000"),
                        Sources.ofConfiguration("config_json", "{\"max_memory_bytes\":16777216}"),
                        Map.of())
                .transfers();

        assertThat(transfers.maxChunk()).isEqualTo(2 * MIB);
        assertThat(transfers.maxInitialChunk()).isEqualTo(8 * MIB);
    }

    @Test
    void aliasesWithoutANameAreIgnored() {
        Map<String, String> values = Map.of("alias_", "bucket", "alias_empty", "", "alias_Good", "bucket");

        assertThat(link(values).containers().aliases()).isEqualTo(Map.of("good", "bucket"));
    }

    @Test
    void reportsEveryProblemAtOnceAndNoSecret() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("access_key_id", "AKIA");
        values.put("endpoint", "ftp://user:secret@host");
        values.put("region", "over there");
        values.put("path_style", "maybe");
        values.put("max_attempts", "0");
        values.put("checksum", "always");
        values.put("proxy", "socks://user:secret@host");
        values.put("tls_ca_file", "/missing.pem");
        values.put("request_timeout_ms", "never");
        values.put("part_size_bytes", "1000");
        values.put("max_memory_bytes", "100000000");
        values.put("config_b64", "!");
        values.put("config_json", "{");
        values.put("env", "/missing");

        SettingsException refusal = catchThrowableOfType(SettingsException.class, () -> link(values));

        assertThat(refusal.problems())
                .hasSize(14)
                .anyMatch(problem -> problem.startsWith("setting 'access_key_id' must be given where the other one")
                        || problem.startsWith("setting 'secret_access_key' must be given where the other one"))
                .anyMatch(problem -> problem.startsWith("setting 'endpoint' must be a URL such as"))
                .anyMatch(problem -> problem.startsWith("setting 'region' must be the name of a region"))
                .anyMatch(problem -> problem.startsWith("setting 'path_style' must be true or false"))
                .anyMatch(problem -> problem.startsWith("setting 'max_attempts' must be a whole number from 1"))
                .anyMatch(problem -> problem.startsWith("setting 'checksum' must be when_supported or when_required"))
                .anyMatch(problem -> problem.startsWith("setting 'proxy' must be a URL such as"))
                .anyMatch(problem -> problem.startsWith("setting 'tls_ca_file' names the file"))
                .anyMatch(problem -> problem.startsWith("setting 'request_timeout_ms'"))
                .anyMatch(
                        problem -> problem.startsWith("setting 'part_size_bytes' must be a whole number from 5242880"))
                .anyMatch(problem -> problem.startsWith("setting 'max_memory_bytes' is for all links"))
                .anyMatch(problem -> problem.equals("setting 'config_b64' is not base64"))
                .anyMatch(problem -> problem.startsWith("cannot use config_json"))
                .anyMatch(problem -> problem.startsWith("cannot read env '/missing': it does not exist"));
        assertThat(refusal).hasMessageNotContaining("secret@");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://host:70000", "host:9000", "http://", "http://host?x=1", "http://h h"})
    void refusesAnEndpointThatIsNone(String endpoint) {
        assertThat(catchThrowableOfType(SettingsException.class, () -> link(Map.of("endpoint", endpoint))))
                .hasMessageContaining("setting 'endpoint' must be a URL such as https://s3.example.com:9000");
    }

    @Test
    void refusesAFileThatHoldsNoCertificate(@TempDir Path folder) throws IOException {
        Path text = Files.writeString(folder.resolve("text.pem"), "no certificate");

        assertThat(catchThrowableOfType(SettingsException.class, () -> link(Map.of("tls_ca_file", text.toString()))))
                .hasMessage("setting 'tls_ca_file' holds no certificate in PEM");
    }

    @Test
    void printsNoSecret() {
        assertThat(link(Map.of(
                                "access_key_id", "AKIA",
                                "secret_access_key", "hidden1",
                                "session_token", "hidden2",
                                "proxy", "http://user:hidden3@proxy"))
                        .toString())
                .doesNotContain("hidden");
    }

    static S3Settings link(Map<String, String> values) {
        return S3Settings.of(values, Sources.ofConfiguration("config_json", ""), Map.of());
    }

    static S3Settings configuration(String json) {
        return S3Settings.of(Map.of(), Sources.ofConfiguration("config_json", json), Map.of());
    }

    static S3Settings environment(Map<String, String> variables) {
        return S3Settings.of(Map.of(), Sources.ofConfiguration("config_json", ""), variables);
    }
}
