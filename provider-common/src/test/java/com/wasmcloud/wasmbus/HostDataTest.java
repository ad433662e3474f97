package com.wasmcloud.wasmbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.wasmcloud.provider.HostDataLine;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostDataTest {
    private static final String REQUIRED =
            "'provider_key':'V','lattice_rpc_prefix':'l','link_name':'d','env_values':{},"
                    + "'link_definitions':[],'cluster_issuers':[]";

    @ParameterizedTest
    @CsvSource({"hostdata-otp", "hostdata-rust"})
    void readsTheFormsOfBothHostFamilies(String name) {
        HostData host = HostData.parse(Golden.text("/golden/" + name + ".b64"));
        assertThat(host.hostId()).isEqualTo(Golden.HOST);
        assertThat(host.lattice()).isEqualTo("default");
        assertThat(host.linkName()).isEqualTo("default");
        assertThat(host.providerKey()).isEqualTo(Golden.PROVIDER);
        assertThat(host.nats().url()).isEqualTo("nats://127.0.0.1:4222");
        assertThat(host.trust().invocationSeed()).isEqualTo(Golden.CLUSTER_SEED);
        assertThat(host.trust().clusterIssuers()).containsExactly(Golden.CLUSTER);
        assertThat(host.links())
                .containsExactly(new LinkDefinition(
                        Golden.ACTOR,
                        Golden.PROVIDER,
                        "default",
                        "wasmcloud:keyvalue",
                        Map.of("URL", "redis://127.0.0.1:6379")));
        assertThat(host.setup().configJson()).isEmpty();
        assertThat(host.rpcTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(host.setup().structuredLogging()).isFalse();
        assertThat(host.setup().telemetry()).isEmpty();
    }

    @Test
    void readsWhatALiveHostWrote() throws IOException {
        HostData host =
                HostData.parse(HostDataLine.read(new ByteArrayInputStream(Golden.raw("/recorded/hostdata.stdin"))));
        assertThat(host.lattice()).isEqualTo("capture");
        assertThat(host.setup().configJson()).isEqualTo("{\"a\":1}");
        assertThat(host.links()).hasSize(1);
        assertThat(host.links().get(0).values()).containsEntry("URL", "redis://127.0.0.1:6399");
    }

    @Test
    void readsOneLineAndLeavesTheStreamOpen() throws IOException {
        byte[] line = (line("{" + REQUIRED + "}") + "\n").getBytes(StandardCharsets.US_ASCII);
        try (PipedOutputStream host = new PipedOutputStream();
                InputStream stdin = new PipedInputStream(host, 8192)) {
            host.write(line);
            host.write("more".getBytes(StandardCharsets.US_ASCII));
            assertThat(HostData.parse(HostDataLine.read(stdin)).lattice()).isEqualTo("l");
            assertThat(stdin.available()).isEqualTo(4);
        }
    }

    @Test
    void readsALineThatEndsWithTheStreamAndBase64WithoutPadding() throws IOException {
        for (int spaces = 0; spaces < 3; spaces++) {
            String unpadded = line("{" + REQUIRED + "}" + " ".repeat(spaces)).replace("=", "");
            HostData host = HostData.parse(
                    HostDataLine.read(new ByteArrayInputStream(unpadded.getBytes(StandardCharsets.US_ASCII))));
            assertThat(host.linkName()).isEqualTo("d");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'lattice_rpc_url':'' | nats://127.0.0.1:4222",
                "'lattice_rpc_url':' h:1 ' | nats://h:1",
                "'lattice_rpc_url':'h:1','lattice_rpc_tls':1 | tls://h:1",
                "'lattice_rpc_url':'nats://h:1','lattice_rpc_tls':1 | tls://h:1",
                "'lattice_rpc_url':'tls://h:1','lattice_rpc_tls':0 | tls://h:1",
                "'lattice_rpc_url':'h:1','lattice_rpc_tls':0 | nats://h:1",
            })
    void makesAUrlWithAScheme(String members, String url) {
        assertThat(host(members).nats().url()).isEqualTo(url);
    }

    @Test
    void takesNullAndBlankForNothing() {
        HostData host = host("'config_json':null,'log_level':null,'default_rpc_timeout_ms':null,'js_domain':null,"
                + "'otel_config':{'traces_exporter':null,'exporter_otlp_endpoint':''},'later':{'unknown':[1]}");
        assertThat(host.setup().configJson()).isEmpty();
        assertThat(host.setup().logLevel()).isEmpty();
        assertThat(host.nats().jetStreamDomain()).isEmpty();
        assertThat(host.rpcTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(host("'config_json':'  '").setup().configJson()).isEmpty();
    }

    @Test
    void knowsTheOldNamesForStructuredLogging() {
        for (String key : List.of("structured_logging", "structured_logging_enabled", "enable_structured_logging")) {
            assertThat(host("'" + key + "':true").setup().structuredLogging()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | stdin is empty - expecting host data configuration",
                "'  ' | stdin is empty - expecting host data configuration",
                "%%% | host data configuration passed through stdin has invalid encoding (expected base64)",
                "e30= | parsing host data: missing field 'provider_key'",
                "W10= | parsing host data: it is not a JSON object",
                "eyJhIjp9 | parsing host data: it is not valid JSON (line 1, column 6)",
            })
    void saysWhatIsWrongWithTheLine(String line, String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HostData.parse(line))
                .withMessage(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'default_rpc_timeout_ms':0 | 'default_rpc_timeout_ms' must be a number of milliseconds above 0",
                "'default_rpc_timeout_ms':1.5 | 'default_rpc_timeout_ms' must be a number of milliseconds above 0",
                "'host_id':{} | 'host_id' must be a string",
                "'otel_config':1 | 'otel_config' must be an object",
            })
    void saysWhichMemberIsWrong(String members, String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> host(members)).withMessage("parsing host data: " + text);
    }

    @Test
    void doesNotPrintSecrets() {
        HostData host = host("'invocation_seed':'SCSECRET','lattice_rpc_user_seed':'SUSECRET'");
        assertThat(host.toString()).doesNotContain("SECRET");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HostData.parse(line("{\"invocation_seed\":\"SCSECRET\" oops")))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("SECRET"));
    }

    private static HostData host(String members) {
        return HostData.parse(line("{" + REQUIRED + "," + members + "}"));
    }

    private static String line(String json) {
        return Base64.getEncoder().encodeToString(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
