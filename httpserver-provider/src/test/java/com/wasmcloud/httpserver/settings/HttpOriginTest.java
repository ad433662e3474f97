package com.wasmcloud.httpserver.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpOriginTest {
    @ParameterizedTest
    @CsvSource({
        "https://a.example, https://a.example",
        "HTTPS://A.Example:443, https://a.example",
        "https://a.example:443/, https://a.example",
        "http://a.example:80, http://a.example",
        "https://a.example:80, https://a.example:80",
        "http://a.example:443, http://a.example:443",
        "https://[::1]:443, https://[::1]"
    })
    void knowsAnOriginInWhateverFormItIsWritten(String text, String origin) {
        assertThat(HttpOrigin.parse(text)).contains(origin);
    }

    @ParameterizedTest
    @CsvSource({"a.example", "ftp://a.example", "https://", "https://a/path", "https://a:b"})
    void refusesWhatIsNoOrigin(String text) {
        assertThat(HttpOrigin.parse(text)).isEmpty();
    }
}
