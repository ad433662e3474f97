package com.wasmcloud.httpclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wasmcloud.httpclient.access.Target;
import com.wasmcloud.provider.settings.SettingsException;
import com.wasmcloud.provider.settings.Sources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpClientSettingsTest {
    private static HttpClientSettings of(Map<String, String> values, Map<String, String> environment) {
        return HttpClientSettings.of(Sources.ofLink(values), environment);
    }

    @Test
    void hasADefaultForEverything() {
        HttpClientSettings settings = of(Map.of(), Map.of());
        assertThat(settings.timeouts())
                .isEqualTo(new HttpClientSettings.Timeouts(
                        Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofSeconds(20)));
        assertThat(settings.limits()).isEqualTo(new HttpClientSettings.Limits(67_108_864, 67_108_864, 65_536, 64));
        assertThat(settings.manners()).isEqualTo(new HttpClientSettings.Manners(10, 3, true, true, true));
        assertThat(settings.proxy()).isEmpty();
        assertThat(settings.access().allowed().isEmpty()).isTrue();
    }

    @Test
    void takesTheProxyFromTheEnvironmentUnlessTheLinkHasOne() {
        Map<String, String> environment = Map.of("https_proxy", "http://env:3128", "NO_PROXY", "a.test,.b.test");
        ProxySettings proxy = of(Map.of(), environment).proxy().orElseThrow();
        assertThat(proxy.server().origin()).isEqualTo("http://env:3128");
        assertThat(proxy.isFor(Target.parse("http://x.b.test"))).isFalse();
        assertThat(proxy.isFor(Target.parse("http://c.test"))).isTrue();
        assertThat(of(Map.of("proxy", "own:1"), environment)
                        .proxy()
                        .orElseThrow()
                        .server()
                        .origin())
                .isEqualTo("http://own:1");
        assertThat(of(Map.of("proxy", ""), environment).proxy()).isEmpty();
    }

    @Test
    void saysAllThatIsWrongAndNoSecret(@TempDir Path folder) throws Exception {
        Path text = Files.writeString(folder.resolve("text"), "no certificate");
        assertThatThrownBy(() -> of(
                        Map.of(
                                "proxy", "https://u:secret@p/",
                                "tls_ca_file", text.toString(),
                                "tls_key_file", text.toString(),
                                "connect_timeout_ms", "0",
                                "max_response_bytes", "-1",
                                "max_redirects", "many",
                                "http2", "maybe"),
                        Map.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("setting 'proxy' must be a URL such as")
                .hasMessageContaining("setting 'tls_ca_file' names the file")
                .hasMessageContaining("setting 'tls_key_file' must come with the other")
                .hasMessageContaining("setting 'connect_timeout_ms'")
                .hasMessageContaining("setting 'max_response_bytes'")
                .hasMessageContaining("setting 'max_redirects'")
                .hasMessageContaining("setting 'http2'")
                .message()
                .doesNotContain("secret");
        assertThat(of(Map.of("proxy", "http://u:secret@p:1"), Map.of()).toString())
                .doesNotContain("secret");
    }
}
