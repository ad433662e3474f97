package com.wasmcloud.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoOptionsTest {
    @Test
    void listensOn8080UnlessToldOtherwise() {
        assertThat(DemoOptions.parse().port()).isEqualTo(8080);
        assertThat(DemoOptions.parse("--port", "1", "--port", "9000").port()).isEqualTo(9000);
    }

    @Test
    void takesOtherProviders() {
        DemoOptions options = DemoOptions.parse(
                "--keyvalue-redis-provider", "a", "--blobstore-s3-provider", "b", "--keyvalue-redis-provider", "c");

        assertThat(options.executable(Part.KEY_VALUE)).isEqualTo(Path.of("c"));
        assertThat(options.executable(Part.BLOBS)).isEqualTo(Path.of("b"));
        assertThat(options.executable(Part.HTTP)).isEqualTo(Path.of("httpserver-provider/target/httpserver-provider"));
    }

    @Test
    void fetchesFromThePublicInternetOnlyUnlessToldOtherwise() {
        assertThat(StackFiles.publicInternetAnd(DemoOptions.parse().fetchNetworks()))
                .containsEntry("allow_networks", "any")
                .containsEntry("deny_networks", "private");
        assertThat(StackFiles.publicInternetAnd(
                        DemoOptions.parse("--fetch-networks", "10.1.0.0/16").fetchNetworks()))
                .containsEntry("allow_networks", "any,10.1.0.0/16")
                .containsEntry("deny_networks", "private");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65536", "-1", "http", ""})
    void refusesWhatIsNoPort(String text) {
        assertThatThrownBy(() -> DemoOptions.parse("--port", text))
                .hasMessage("--port must be a number from 1 to 65535, not '%s'".formatted(text));
    }

    @Test
    void refusesOptionsThatItDoesNotHaveOrThatLackTheirValue() {
        assertThatThrownBy(() -> DemoOptions.parse("--prot", "80"))
                .hasMessage("'--prot' is no option of the demo; ./demo.sh --help lists them");
        assertThatThrownBy(() -> DemoOptions.parse("--port"))
                .hasMessage("--port needs a value; ./demo.sh --help tells which");
    }

    @Test
    void saysWhichExecutableIsMissing() {
        assertThatThrownBy(() -> DemoOptions.parse("--keyvalue-redis-provider", "/nowhere")
                        .requireExecutables())
                .hasMessage("there is no executable /nowhere; './demo.sh' or 'mvn -B -Dquick package' builds it");
    }
}
