package com.wasmcloud.keyvalue.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.wasmcloud.keyvalue.redis.TlsSettings.Verification;
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

class RedisSettingsTest {
    private static final TlsSettings NO_TLS =
            new TlsSettings(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Verification.FULL);

    @Test
    void hasDefaults() {
        assertThat(settings(Map.of(), ""))
                .isEqualTo(new RedisSettings(
                        RedisAddress.DEFAULT,
                        Credentials.NONE,
                        Credentials.NONE,
                        NO_TLS,
                        Duration.ofSeconds(2),
                        Duration.ofMillis(1500),
                        ""));
    }

    @Test
    void readsEveryKey(@TempDir Path folder) {
        TestCertificates certificates = TestCertificates.in(folder);
        Map<String, String> values = new LinkedHashMap<>();
        values.put("url", "rediss-sentinel://host#primary");
        values.put("username", "user");
        values.put("password", "secret");
        values.put("sentinel_username", "watcher");
        values.put("sentinel_password", "seen");
        values.put("tls_ca_file", certificates.authority().toString());
        values.put("tls_cert_file", certificates.clientCertificate().toString());
        values.put("tls_key_file", certificates.clientKey().toString());
        values.put("tls_verify", "CA");
        values.put("connect_timeout_ms", "700");
        values.put("command_timeout_ms", "800");
        values.put("key_prefix", "app:");

        assertThat(settings(values, ""))
                .isEqualTo(new RedisSettings(
                        RedisUrl.parse("rediss-sentinel://host#primary").address(),
                        credentials("user", "secret"),
                        credentials("watcher", "seen"),
                        new TlsSettings(
                                Optional.of(certificates.authority()),
                                Optional.of(certificates.clientCertificate()),
                                Optional.of(certificates.clientKey()),
                                Optional.empty(),
                                Verification.CA),
                        Duration.ofMillis(700),
                        Duration.ofMillis(800),
                        "app:"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"URL", "url", "Url", "uRL"})
    void keysAreCaseInsensitive(String key) {
        RedisAddress address = RedisUrl.parse("redis://host:1/").address();

        assertThat(settings(Map.of(key, "redis://host:1/"), "").address()).isEqualTo(address);
        assertThat(settings(Map.of(), "{\"%s\":\"redis://host:1/\"}".formatted(key))
                        .address())
                .isEqualTo(address);
    }

    @Test
    void takesTheSameUrlInTwoSpellingsAndRefusesDifferentOnes() {
        assertThat(settings(Map.of("url", "redis://host:1/", "URL", "redis://host:1/"), "")
                        .address())
                .hasToString("host:1");
        assertThatThrownBy(() -> settings(Map.of("url", "redis://:hidden@host:1/", "URL", "redis://host:2/"), ""))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("'url'")
                .hasMessageNotContaining("hidden");
    }

    @Test
    void refusesSettingsThatPointToWhatCannotBeRead(@TempDir Path folder) {
        for (String source : List.of("file:" + folder.resolve("missing"), "file:/dev/zero", "env:NOT_SET_ANYWHERE")) {
            assertThatThrownBy(() -> settings(Map.of("URL", source), ""))
                    .isInstanceOf(SettingsException.class)
                    .hasMessageContaining("'url'");
        }
    }

    @Test
    void aLinkComesBeforeTheProviderConfiguration() {
        String configuration = "{\"url\":\"redis://shared\",\"key_prefix\":\"shared:\",\"command_timeout_ms\":250}";

        RedisSettings settings = settings(Map.of("URL", "redis://own", "KEY_PREFIX", "own:"), configuration);

        assertThat(settings.address()).hasToString("own:6379");
        assertThat(settings.keyPrefix()).isEqualTo("own:");
        assertThat(settings.commandTimeout()).isEqualTo(Duration.ofMillis(250));
    }

    @Test
    void credentialsOfTheProviderConfigurationAreNotSentToAServerThatALinkNames() {
        String configuration = "{\"url\":\"redis://shared\",\"username\":\"user\",\"password\":\"secret\"}";

        assertThat(settings(Map.of(), configuration).credentials()).isEqualTo(credentials("user", "secret"));
        assertThat(settings(Map.of("URL", "redis://own"), configuration).credentials())
                .isEqualTo(Credentials.NONE);
        assertThat(settings(Map.of("URL", "redis://own", "password", "other"), configuration)
                        .credentials())
                .isEqualTo(new Credentials(Optional.empty(), Optional.of(new Secret("other"))));
        assertThat(settings(Map.of("URL", "redis://own:pass@own"), configuration)
                        .credentials())
                .isEqualTo(credentials("own", "pass"));
    }

    @Test
    void readsSecretsFromFiles(@TempDir Path folder) throws IOException {
        Path url = Files.writeString(folder.resolve("url"), "redis://user:secret@host\n");
        Path password = Files.writeString(folder.resolve("password"), "hidden\n");

        assertThat(settings(Map.of("URL", "file:" + url), "").credentials()).isEqualTo(credentials("user", "secret"));
        assertThat(settings(Map.of("password", "file:" + password), "")
                        .credentials()
                        .password())
                .contains(new Secret("hidden"));
    }

    @Test
    void insecureInTheUrlIsTheDefaultOfTlsVerify() {
        assertThat(settings(Map.of("URL", "rediss://host/#insecure"), "").tls().verification())
                .isEqualTo(Verification.NONE);
        assertThat(settings(Map.of("URL", "rediss://host/#insecure", "tls_verify", "full"), "")
                        .tls()
                        .verification())
                .isEqualTo(Verification.FULL);
    }

    @Test
    void reportsEveryProblemAtOnceAndNoSecret(@TempDir Path folder) throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.pem"));
        Map<String, String> values = new LinkedHashMap<>();
        values.put("URL", "redis://user:secret@host:none");
        values.put("sentinel_username", "watcher");
        values.put("tls_ca_file", folder.resolve("missing.pem").toString());
        values.put("tls_key_file", empty.toString());
        values.put("tls_verify", "some");
        values.put("connect_timeout_ms", "soon");
        values.put("command_timeout_ms", "0");

        SettingsException refusal = catchThrowableOfType(SettingsException.class, () -> settings(values, ""));

        assertThat(refusal).hasMessageNotContaining("secret");
        assertThat(refusal.problems())
                .hasSize(8)
                .anyMatch(problem -> problem.contains("'url' must have a port from 1 to 65535"))
                .anyMatch(problem -> problem.contains("'sentinel_username' is given without sentinel_password"))
                .anyMatch(problem -> problem.contains("'tls_ca_file'") && problem.contains("does not exist"))
                .anyMatch(problem -> problem.contains("'tls_key_file'") && problem.contains("BEGIN PRIVATE KEY"))
                .anyMatch(problem -> problem.contains("'tls_key_file' needs the other one"))
                .anyMatch(problem -> problem.contains("'tls_verify' must be full, ca or none"))
                .anyMatch(problem -> problem.contains("'connect_timeout_ms'"))
                .anyMatch(problem -> problem.contains("'command_timeout_ms'"));
    }

    @Test
    void refusesCredentialsInTwoPlaces() {
        assertThatThrownBy(() -> settings(Map.of("URL", "redis://:secret@host", "password", "other"), ""))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("setting 'password' is given beside a user or password in the url; keep one");
    }

    @Test
    void refusesFilesThatHoldNoCertificate(@TempDir Path folder) throws IOException {
        Path text = Files.writeString(folder.resolve("text.pem"), "no certificate");

        assertThatThrownBy(() -> settings(Map.of("tls_ca_file", text.toString()), ""))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("holds no certificate");
    }

    @Test
    void refusesAProviderConfigurationThatIsNotJson() {
        assertThatThrownBy(() -> settings(Map.of(), "{\"url\":"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("configuration");
    }

    @Test
    void printsNoSecret() {
        Map<String, String> values = Map.of(
                "username", "user", "password", "secret", "sentinel_password", "seen", "tls_key_password", "key");

        assertThat(settings(values, "").toString())
                .doesNotContain("secret")
                .doesNotContain("seen")
                .doesNotContain("Optional[key]");
    }

    private static RedisSettings settings(Map<String, String> link, String configuration) {
        return RedisSettings.of(Sources.ofLink(link).over(Sources.ofConfiguration("the configuration", configuration)));
    }

    private static Credentials credentials(String username, String password) {
        return new Credentials(Optional.of(username), Optional.of(new Secret(password)));
    }
}
