package com.wasmcloud.httpserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wasmcloud.provider.Settings;
import com.wasmcloud.provider.SettingsException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
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
        assertThat(read(Map.of("max_content_len", text)).requests().limits().maxContentLength()).isEqualTo(bytes);
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

    private static String encoded(String json) {
        return Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static HttpSettings read(Map<String, String> values) {
        return read(values, "");
    }

    private static HttpSettings read(Map<String, String> values, String configuration) {
        Settings all = Settings.of(values).over(Settings.json("the start-up configuration", configuration));
        return HttpSettings.of(HttpSources.of(values, all));
    }
}
