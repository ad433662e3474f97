package com.wasmcloud.blobstore.s3;

import static com.wasmcloud.blobstore.s3.S3SettingsTest.configuration;
import static com.wasmcloud.blobstore.s3.S3SettingsTest.environment;
import static com.wasmcloud.blobstore.s3.S3SettingsTest.link;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.wasmcloud.blobstore.s3.CredentialSettings.Keys;
import com.wasmcloud.provider.settings.Secret;
import com.wasmcloud.provider.settings.SettingsException;
import com.wasmcloud.provider.settings.Sources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where settings come from, and which of them counts. */
class S3SourcesTest {
    @Test
    void readsTheDocumentOfTheProviderInRust() {
        String json = """
                {"access_key_id":"AKIA","secret_access_key":"secret","session_token":null,"region":"eu-west-3",
                 "endpoint":"http://127.0.0.1:9000","max_attempts":2,
                 "sts_config":{"role":"arn:aws:iam::123456789012:role/app","session":"s"},
                 "aliases":{"one":"bucket-one","two":"bucket-two"}}
                """;
        String base64 = Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));

        S3Settings settings = link(Map.of("config_json", json));

        assertThat(link(Map.of("config_b64", base64))).isEqualTo(settings);
        assertThat(link(Map.of("config_b64", base64.replace("=", "")))).isEqualTo(settings);
        assertThat(configuration(json)).isEqualTo(settings);
        assertThat(settings.server())
                .isEqualTo(new ServerSettings(
                        Optional.of(Endpoint.parse("http://127.0.0.1:9000")), "eu-west-3", true, 2, false));
        assertThat(settings.credentials().keys()).contains(new Keys("AKIA", new Secret("secret"), Optional.empty()));
        assertThat(settings.credentials().role().orElseThrow().session()).isEqualTo("s");
        assertThat(settings.containers().aliases()).isEqualTo(Map.of("one", "bucket-one", "two", "bucket-two"));
    }

    @Test
    void aLinkComesBeforeTheProviderConfigurationAndThatBeforeTheEnvironment() {
        Map<String, String> environment =
                Map.of("AWS_REGION", "env-1", "AWS_ENDPOINT", "http://env", "AWS_MAX_ATTEMPTS", "9");
        Sources configuration =
                Sources.ofConfiguration("config", "{\"region\":\"config-1\",\"endpoint\":\"http://config\"}");

        ServerSettings server = S3Settings.of(Map.of("region", "link-1"), configuration, environment)
                .server();

        assertThat(server.region()).isEqualTo("link-1");
        assertThat(server.endpoint()).contains(Endpoint.parse("http://config"));
        assertThat(server.maxAttempts()).isEqualTo(9);
    }

    @Test
    void valuesOfALinkComeBeforeItsDocumentsAndItsFile(@TempDir Path folder) throws IOException {
        Path env = Files.writeString(
                folder.resolve("env"), "# comment\nexport AWS_REGION=\"file-1\"\nAWS_ENDPOINT=http://file\nOTHER=x\n");
        Map<String, String> link = Map.of(
                "region",
                "value-1",
                "config_json",
                "{\"region\":\"json-1\",\"max_attempts\":4}",
                "env",
                env.toString());

        ServerSettings server = link(link).server();

        assertThat(server.region()).isEqualTo("value-1");
        assertThat(server.maxAttempts()).isEqualTo(4);
        assertThat(server.endpoint()).contains(Endpoint.parse("http://file"));
        assertThat(System.getenv("AWS_ENDPOINT")).isNotEqualTo("http://file");
        assertThat(link(Map.of()).server().endpoint()).isEmpty();
    }

    /** Or else it would work with the default credentials of the machine. */
    @ParameterizedTest
    @CsvSource({
        "config_json,file:/no/such/file",
        "config_json,env:NOT_SET_ANYWHERE",
        "config_b64,file:/no/such/file",
        "config_b64,file:/dev/zero",
        "config_json,file:/proc/kmsg",
        "env,file:/no/such/file",
        "env,/dev/zero",
        "secret_access_key,file:/no/such/file",
        "web_identity_token_file,/dev/zero"
    })
    void refusesADocumentOrASecretThatCannotBeRead(String key, String value) {
        Map<String, String> values = Map.of("access_key_id", "AKIA", "AWS_ROLE_ARN", "arn", key, value);

        assertThat(catchThrowableOfType(SettingsException.class, () -> link(values)))
                .hasMessageContaining(key);
    }

    @Test
    void configJsonComesBeforeConfigB64AsInEveryProvider() {
        String base64 = Base64.getEncoder()
                .encodeToString("{\"region\":\"base64-1\",\"max_attempts\":7}".getBytes(StandardCharsets.UTF_8));
        ServerSettings server = link(Map.of("config_b64", base64, "config_json", "{\"region\":\"json-1\"}"))
                .server();

        assertThat(server.region()).isEqualTo("json-1");
        assertThat(server.maxAttempts()).isEqualTo(7);
    }

    @Test
    void takesASettingInSeveralCasesOnlyWhenTheValuesAreEqual() {
        assertThat(link(Map.of("AWS_REGION", "a-1", "aws_region", "a-1"))
                        .server()
                        .region())
                .isEqualTo("a-1");
        assertThat(link(Map.of("region", "a-1", "REGION", "a-1")).server().region())
                .isEqualTo("a-1");
        assertThat(catchThrowableOfType(
                        SettingsException.class, () -> link(Map.of("AWS_REGION", "a-1", "aws_region", "b-1"))))
                .hasMessageContaining("given more than once, in different letter case");
    }

    @ParameterizedTest
    @CsvSource({
        "AWS_ACCESS_KEY_ID,AWS_SECRET_ACCESS_KEY,AWS_SESSION_TOKEN",
        "AWS_ACCESS_KEY,AWS_SECRET_ACCESS_KEY,AWS_TOKEN",
        "aws_access_key_id,aws_secret_access_key,aws_session_token"
    })
    void knowsKeysByTheirNamesAsVariables(String id, String secret, String token) {
        Map<String, String> variables = Map.of(id, "AKIA", secret, "secret", token, "token");
        Optional<Keys> keys = Optional.of(new Keys("AKIA", new Secret("secret"), Optional.of(new Secret("token"))));

        assertThat(link(variables).credentials().keys()).isEqualTo(keys);
        assertThat(environment(variables).credentials().keys()).isEqualTo(keys);
    }

    @Test
    void keysOfALinkAreNotMixedWithWhatOthersName() {
        Map<String, String> environment = Map.of(
                "AWS_ACCESS_KEY_ID",
                "ENV",
                "AWS_SECRET_ACCESS_KEY",
                "env",
                "AWS_SESSION_TOKEN",
                "token",
                "AWS_ROLE_ARN",
                "arn:env");

        CredentialSettings own = S3Settings.of(
                        Map.of("access_key_id", "OWN", "secret_access_key", "own"),
                        Sources.ofConfiguration("config_json", ""),
                        environment)
                .credentials();
        assertThat(own)
                .isEqualTo(new CredentialSettings(
                        Optional.of(new Keys("OWN", new Secret("own"), Optional.empty())), Optional.empty()));

        CredentialSettings role = S3Settings.of(
                        Map.of("sts_config.role", "arn:own"), Sources.ofConfiguration("config_json", ""), environment)
                .credentials();
        assertThat(role.keys().orElseThrow().accessKeyId()).isEqualTo("ENV");
        assertThat(role.role().orElseThrow().arn()).isEqualTo("arn:own");
    }
}
