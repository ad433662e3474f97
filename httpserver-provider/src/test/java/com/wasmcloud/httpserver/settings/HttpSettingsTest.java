package com.wasmcloud.httpserver.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wasmcloud.provider.settings.SettingsException;
import com.wasmcloud.provider.settings.Sources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSettingsTest {
    @Test
    void listensOnPort8000OfLoopbackByDefault() {
        HttpSettings settings = read(Map.of());

        assertThat(settings.address()).hasToString("127.0.0.1:8000");
        assertThat(settings.requests().limits().timeout()).isEmpty();
        assertThat(settings.requests().limits().maxContentLength()).isEqualTo(100 * 1024 * 1024);
    }

    @ParameterizedTest
    @CsvSource({
        "address,0.0.0.0:80,0.0.0.0:80",
        "ADDRESS,127.0.0.1:8080,127.0.0.1:8080",
        "Address,[::1]:8080,[0:0:0:0:0:0:0:1]:8080",
        "port,8080,127.0.0.1:8080",
        "PORT,8080,127.0.0.1:8080",
        "host,0.0.0.0,0.0.0.0:8000",
        "host,::,[0:0:0:0:0:0:0:0]:8000"
    })
    void takesAddressPortAndHost(String key, String value, String address) {
        assertThat(read(Map.of(key, value)).address()).hasToString(address);
    }

    @Test
    void letsThePortOverrideTheAddressAndTheHostThePortsLoopback() {
        assertThat(read(Map.of("address", "0.0.0.0:80", "port", "8080")).address())
                .hasToString("127.0.0.1:8080");
        assertThat(read(Map.of("address", "127.0.0.1:80", "port", "8080", "host", "0.0.0.0"))
                        .address())
                .hasToString("0.0.0.0:8080");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "8080",
                ":8080",
                "localhost:8080",
                "1.2.3.4",
                "1.2.3.4:",
                "1.2.3.4:0",
                "1.2.3.4:65536",
                "1.2.3.256:80",
                "::1:80",
                "[::1]",
                "[zz]:80",
                "[1.2.3.4]:80",
                "1.2.3.4:80:90"
            })
    void refusesWhatIsNoAddress(String address) {
        assertThatThrownBy(() -> read(Map.of("address", address)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("setting 'address' must");
    }

    @Test
    void knowsAnAddressInWhateverFormItIsWritten() {
        assertThat(HttpAddress.parse("[0:0::1]:80")).isEqualTo(HttpAddress.parse("[::1]:80"));
    }

    @Test
    void readsADocumentInJson() {
        HttpSettings settings = read(Map.of(
                "config_json", "{\"address\":\"127.0.0.1:9000\",\"timeout_ms\":1500,\"max_content_len\":\"1K\"}"));

        assertThat(settings.address()).hasToString("127.0.0.1:9000");
        assertThat(settings.requests().limits().timeout()).contains(Duration.ofMillis(1500));
        assertThat(settings.requests().limits().maxContentLength()).isEqualTo(1024);
    }

    @Test
    void readsADocumentInBase64OfAnyKind() {
        // two bytes of this text are / and + in base64, and - and _ in the alphabet for URLs
        byte[] json = "{\"address\":\"127.0.0.1:9000\",\"x\":\"???>>>\"}".getBytes(StandardCharsets.UTF_8);
        for (Base64.Encoder encoder : new Base64.Encoder[] {
            Base64.getEncoder(), Base64.getEncoder().withoutPadding(), Base64.getUrlEncoder(), Base64.getMimeEncoder()
        }) {
            assertThat(read(Map.of("config_b64", encoder.encodeToString(json))).address())
                    .hasToString("127.0.0.1:9000");
        }
    }

    @Test
    void letsLaterSourcesOverrideWhatTheyNameAndNothingElse() {
        String start = "{\"address\":\"0.0.0.0:1\",\"timeout_ms\":1,\"max_content_len\":1}";
        String base64 = encoded("{\"port\":2,\"timeout_ms\":2}");

        HttpSettings settings = read(Map.of("config_b64", base64, "config_json", "{\"timeout_ms\":3}"), start);

        assertThat(settings.address()).hasToString("127.0.0.1:2");
        assertThat(settings.requests().limits().timeout()).contains(Duration.ofMillis(3));
        assertThat(settings.requests().limits().maxContentLength()).isEqualTo(1);
        assertThat(read(Map.of("address", "127.0.0.1:7"), "{\"port\":5}").address())
                .hasToString("127.0.0.1:7");
        assertThat(read(Map.of("port", "7"), "{\"host\":\"0.0.0.0\"}").address())
                .hasToString("0.0.0.0:7");
        assertThat(read(Map.of("address", "127.0.0.1:7"), "{\"host\":\"0.0.0.0\"}")
                        .address())
                .hasToString("127.0.0.1:7");
    }

    @ParameterizedTest
    @CsvSource({"0,0", "12,12", "5k,5120", "5K,5120", "2M,2097152", "1G,1073741824"})
    void readsSizes(String text, int bytes) {
        assertThat(read(Map.of("max_content_len", text)).requests().limits().maxContentLength())
                .isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "M", "-1", "1.5M", "2G", "1073741825", "9223372036854775807G", "10MB"})
    void refusesWhatIsNoSize(String text) {
        assertThatThrownBy(() -> read(Map.of("max_content_len", text)))
                .hasMessageContaining("setting 'max_content_len' must be a number of bytes up to 1G");
    }

    @Test
    void reportsEveryProblemAtOnceAndEachOnce() {
        Map<String, String> values = Map.of(
                "Port", "0", "port", "1", "timeout_ms", "soon", "config_b64", "!", "config_json", "[", "host", "here");

        assertThatThrownBy(() -> read(values))
                .isInstanceOfSatisfying(SettingsException.class, problems -> assertThat(problems.problems())
                        .doesNotHaveDuplicates()
                        .anyMatch(problem -> problem.startsWith("setting 'port' is given more than once"))
                        .anyMatch(problem -> problem.startsWith("setting 'timeout_ms' must be"))
                        .anyMatch(problem -> problem.startsWith("setting 'host' must be"))
                        .anyMatch(problem -> problem.startsWith("cannot use config_json"))
                        .contains("setting 'config_b64' is not base64"));
    }

    @Test
    void readsFilesInJsonAndToml(@TempDir Path folder) throws IOException {
        Path json = Files.writeString(
                folder.resolve("a.json"), "{\"port\":81,\"cors\":{\"allowed_origins\":[\"https://a\"]}}");
        Path toml = Files.writeString(folder.resolve("a.TOML"), """
                address = "0.0.0.0:82" # a comment
                max_content_len = "1K"
                readonly_mode = true
                [cors]
                allowed_origins = ["https://a.example", "http://b.example:8080/"]
                max_age_secs = 60
                """);

        assertThat(read(Map.of("config_file", json.toString())).address()).hasToString("127.0.0.1:81");
        HttpSettings settings = read(Map.of("config_file", toml.toString()));
        assertThat(settings.address()).hasToString("0.0.0.0:82");
        assertThat(settings.requests().limits().maxContentLength()).isEqualTo(1024);
        assertThat(settings.requests().readOnly()).isTrue();
        assertThat(settings.requests().cors().origins()).containsExactly("https://a.example", "http://b.example:8080");
        assertThat(settings.requests().cors().grants().maxAgeSeconds()).isEqualTo(60);
    }

    @Test
    void saysWhatIsWrongWithAFile(@TempDir Path folder) throws IOException {
        Path toml = Files.writeString(folder.resolve("a.toml"), "port = 80\nsecret = 's3cr3t\n");
        Path yaml = Files.writeString(folder.resolve("a.yaml"), "port: 80");

        assertThatThrownBy(() -> read(Map.of("config_file", toml.toString())))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("it is not valid TOML (at or before line 2)")
                .hasMessageNotContaining("s3cr3t");
        assertThatThrownBy(() -> read(Map.of("config_file", yaml.toString())))
                .hasMessageContaining("unrecognized extension yaml; its name must end in .json or .toml");
        assertThatThrownBy(() -> read(Map.of("config_file", folder + "/conf.d/settings")))
                .hasMessageContaining("unrecognized file type");
        assertThatThrownBy(() -> read(Map.of("config_file", folder + "/none.json")))
                .hasMessageContaining("cannot read config_file '" + folder + "/none.json'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a = [[[[",
                "= 1",
                "[a]\n[a]",
                "a = 1\na = 2",
                "a = {b = 1",
                "\u0000",
                "a = \"\"\"x",
                "[[a]]\n[a]",
                "a.b = 1\na = 2"
            })
    void livesThroughWhatIsNoToml(String text, @TempDir Path folder) throws IOException {
        Path toml = Files.writeString(folder.resolve("a.toml"), text);

        assertThatThrownBy(() -> read(Map.of("config_file", toml.toString()))).isInstanceOf(SettingsException.class);
    }

    @Test
    void livesThroughDeeplyNestedToml(@TempDir Path folder) throws IOException {
        Path toml = Files.writeString(folder.resolve("a.toml"), "a = " + "[".repeat(100_000));

        assertThatThrownBy(() -> read(Map.of("config_file", toml.toString()))).isInstanceOf(SettingsException.class);
    }

    @Test
    void putsAFileBelowTheOtherDocumentsAndAboveTheStart(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("a.json"),
                "{\"timeout_ms\":1,\"max_requests\":1,\"path\":\"/f\",\"cors\":{\"allowed_origins\":[\"http://f\",\"http://g\"]}}");
        String base64 = encoded("{\"timeout_ms\":2,\"path\":\"/b\"}");

        HttpSettings settings = read(
                Map.of("config_file", file.toString(), "config_b64", base64, "config_json", "{\"timeout_ms\":3}"),
                "{\"timeout_ms\":4,\"max_requests\":4,\"max_content_len\":4}");

        assertThat(settings.requests().limits())
                .isEqualTo(new RequestSettings.Limits(Optional.of(Duration.ofMillis(3)), 4, 1));
        assertThat(settings.routes().path()).isEqualTo("/b");
        // a later document without the section leaves it alone, and one with a list replaces the list
        assertThat(settings.requests().cors().origins()).containsExactly("http://f", "http://g");
        assertThat(read(Map.of("config_file", file.toString(), "cors.allowed_origins", "http://h"))
                        .requests()
                        .cors()
                        .origins())
                .containsExactly("http://h");
    }

    @ParameterizedTest
    @CsvSource({"true,true", "TRUE,true", "false,false", "yes,false", "1,false", "'',false"})
    void takesAnythingButTrueForNoReadonlyMode(String text, boolean readOnly) {
        assertThat(read(Map.of("READONLY_MODE", text)).requests().readOnly()).isEqualTo(readOnly);
    }

    @ParameterizedTest
    @CsvSource({"/,''", "/api,/api", "/api/,/api", "/a/b%20c,/a/b%20c", "'',''"})
    void takesPaths(String text, String path) {
        assertThat(read(Map.of("path", text)).routes().path()).isEqualTo(path);
    }

    @Test
    void takesHostNames() {
        assertThat(read(Map.of("hostname", "Example.com, *.example.COM,[::1]"))
                        .routes()
                        .hosts())
                .containsExactlyInAnyOrder("example.com", "*.example.com", "[::1]");
        assertThat(read(Map.of()).routes().hosts()).containsExactly(HttpRoutes.ANY_HOST);
    }

    @Test
    void reportsEveryProblemOfEveryPart() {
        Map<String, String> values = new HashMap<>(Map.of(
                "path", "api",
                "hostname", "example.com:80",
                "cache_control", "a\nb",
                "request_id_header", "x id",
                "forwarded", "yes",
                "access_log", "xml",
                "max_requests", "0",
                "max_connections", "0",
                "max_header_bytes", "0",
                "idle_timeout_ms", "0"));
        values.put("read_timeout_ms", "0");
        values.put("cors.allowed_origins", "https://a/path,ftp://b");
        values.put("cors.allowed_methods", "GE T");
        values.put("cors.max_age_secs", "-1");
        values.put("tls.cert_file", "/nowhere/cert.pem");
        values.put("config_file", "a.ini");

        assertThatThrownBy(() -> read(values)).isInstanceOfSatisfying(SettingsException.class, problems -> {
            for (String key : values.keySet()) {
                assertThat(problems.problems())
                        .anyMatch(problem ->
                                problem.contains(key.equals("config_file") ? "config_file 'a.ini'" : "'" + key + "'"));
            }
            assertThat(problems.problems()).anyMatch(problem -> problem.contains("'tls.priv_key_file' is missing"));
        });
    }

    @Test
    void doesNotLetEveryPageActForItsVisitors() {
        assertThatThrownBy(() -> read(Map.of("cors.allow_credentials", "true")))
                .hasMessageContaining("'cors.allow_credentials' needs cors.allowed_origins");
        assertThat(read(Map.of("cors.allow_credentials", "true", "cors.allowed_origins", "https://a.example"))
                        .requests()
                        .cors()
                        .grants()
                        .credentials())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "tls.cert_file,tls.priv_key_file",
        "tls.priv_key_file,tls.cert_file",
        "tls.client_ca_file,tls.cert_file",
    })
    void saysWhatIsMissingForTls(String key, String missing, @TempDir Path folder) throws IOException {
        Path file = Files.createFile(folder.resolve("x.pem"));

        assertThatThrownBy(() -> read(Map.of(key, file.toString())))
                .hasMessageContaining("'" + missing + "' is missing");
    }

    private static String encoded(String json) {
        return Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({
        "config_json,env:NOT_SET_ANYWHERE",
        "config_b64,file:/no/such/file",
        "config_file,file:/no/such/file",
        "config_file,/proc/kmsg.json",
        "config_json,file:/dev/zero",
        "cache_control,file:/proc/kmsg",
        "tls.cert_file,/dev/zero"
    })
    void refusesWhatCannotBeRead(String key, String value) {
        assertThatThrownBy(() -> read(Map.of(key, value)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(key);
    }

    private static HttpSettings read(Map<String, String> values) {
        return read(values, "");
    }

    private static HttpSettings read(Map<String, String> values, String configuration) {
        return HttpSettings.of(values, Sources.ofConfiguration("the provider configuration", configuration));
    }
}
