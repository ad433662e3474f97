package com.wasmcloud.testkit.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.nkeys.KeyPair;
import com.wasmcloud.wasmbus.HostData;
import com.wasmcloud.wasmbus.LinkDefinition;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HostFormTest {
    private static final String HOST = "NAU2ZOXBIG6MV4FSFYNJJU2NBPDTMHSSNUF74EWIS6KLZEZCSZW5PVNH";
    private static final String ACTOR = "MASUHOJP6EEVKEKHNLOIG2O3NXOJGNTFUEMXRXNBIBHOCBTMVFKZ3BLC";
    private static final String PROVIDER = "VALUKU5UK3O57RUQR3FLDQIB7ZVLEHRLVIDBO6K3PVB2MNECTE75KIIV";
    private static final String CLUSTER = "CAB2CB576PHBBPQ5ODORRZ2LYCMWPZGWGCN2KDK7DXOIMZASKUY3R53J";
    private static final String CLUSTER_SEED = "SCAAAAICAMCAKBQHBAEQUCYMBUHA6EARCIJRIFIWC4MBSGQ3DQOR4HYO7Q";
    private static final String INSTANCE = "0d8a1f2e-6f5b-4c7a-9d3e-2b1c0a9f8e7d";
    private static final LinkDefinition LINK = new LinkDefinition(
            ACTOR, PROVIDER, "default", "wasmcloud:keyvalue", Map.of("URL", "redis://127.0.0.1:6379"));
    private static final ProviderStart START = new ProviderStart(
            HOST,
            "default",
            "nats://127.0.0.1:4222",
            "",
            "",
            KeyPair.fromSeed(CLUSTER_SEED),
            PROVIDER,
            "default",
            INSTANCE,
            List.of(LINK),
            Optional.empty(),
            Duration.ofSeconds(2),
            Optional.of("info"),
            false,
            "",
            Map.of());

    @Test
    void writesHostDataAsHostsInElixirDo() {
        String line = HostForm.OTP.line(START);

        assertThat(line).hasSize(1308 + 1).endsWith("\n").doesNotContain("\r");
        assertThat(decoded(line))
                .isEqualTo("{\"cluster_issuers\":[\"" + CLUSTER + "\"],\"config_json\":null,"
                        + "\"default_rpc_timeout_ms\":2000,\"env_values\":{},\"host_id\":\"" + HOST + "\","
                        + "\"instance_id\":\"" + INSTANCE + "\",\"invocation_seed\":\"" + CLUSTER_SEED + "\","
                        + "\"js_domain\":null,\"lattice_rpc_prefix\":\"default\",\"lattice_rpc_tls\":0,"
                        + "\"lattice_rpc_url\":\"127.0.0.1:4222\",\"lattice_rpc_user_jwt\":\"\","
                        + "\"lattice_rpc_user_seed\":\"\",\"link_definitions\":[{\"actor_id\":\"" + ACTOR + "\","
                        + "\"contract_id\":\"wasmcloud:keyvalue\","
                        + "\"id\":\"64E8E2D4FA58C15710D1760010437BD72251B28C699BF7DDBA851E309372D1BA\","
                        + "\"link_name\":\"default\",\"provider_id\":\"" + PROVIDER + "\","
                        + "\"values\":{\"URL\":\"redis://127.0.0.1:6379\"}}],\"link_name\":\"default\","
                        + "\"log_level\":\"info\",\"provider_key\":\"" + PROVIDER + "\",\"structured_logging\":false}");
    }

    @Test
    void writesHostDataAsHostsInRustDo() {
        String line = HostForm.RUST.line(START);

        assertThat(line).hasSize(1216 + 2).endsWith("=\r\n");
        assertThat(decoded(line))
                .isEqualTo("{\"host_id\":\"" + HOST + "\",\"lattice_rpc_prefix\":\"default\","
                        + "\"link_name\":\"default\",\"lattice_rpc_user_jwt\":\"\",\"lattice_rpc_user_seed\":\"\","
                        + "\"lattice_rpc_url\":\"nats://127.0.0.1:4222\",\"provider_key\":\"" + PROVIDER + "\","
                        + "\"invocation_seed\":\"" + CLUSTER_SEED + "\",\"env_values\":{},"
                        + "\"instance_id\":\"" + INSTANCE + "\",\"link_definitions\":[{\"actor_id\":\"" + ACTOR
                        + "\",\"provider_id\":\"" + PROVIDER + "\",\"link_name\":\"default\","
                        + "\"contract_id\":\"wasmcloud:keyvalue\",\"values\":{\"URL\":\"redis://127.0.0.1:6379\"}}],"
                        + "\"cluster_issuers\":[\"" + CLUSTER + "\"],\"default_rpc_timeout_ms\":2000,"
                        + "\"structured_logging\":false,"
                        + "\"otel_config\":{\"traces_exporter\":null,\"exporter_otlp_endpoint\":null}}");
    }

    @Test
    void writesHostDataAsTheHarnessOfTheOriginalsDoes() {
        String line = HostForm.HARNESS.line(START);

        assertThat(line).endsWith("\r\n").doesNotContain("=");
        assertThat(decoded(line))
                .contains("\"lattice_rpc_url\":\"127.0.0.1:4222\"")
                .doesNotContain("default_rpc_timeout_ms", "otel_config", "log_level");
        assertThat(HostForm.HARNESS.hostId(HOST)).isEqualTo("_TEST_");
        assertThat(KeyPair.generate(HostForm.HARNESS.clusterRole()).publicKey()).startsWith("N");
    }

    @ParameterizedTest
    @EnumSource
    void writesHostDataThatProvidersUnderstand(HostForm form) {
        HostData read = HostData.parse(form.line(START));

        assertThat(read.nats().url()).isEqualTo("nats://127.0.0.1:4222");
        assertThat(read.links()).containsExactly(LINK);
        assertThat(read.trust().clusterIssuers()).containsExactly(CLUSTER);
        assertThat(read.rpcTimeout()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void writesLinksInTheOrderOfEachFamily() {
        assertThat(HostForm.RUST.linkMessage(LINK).toHex())
                .isEqualTo("85a86163746f725f6964d9384d415355484f4a50364545564b454b484e4c4f4947324f334e584f4a474e5446"
                        + "55454d5852584e424942484f4342544d56464b5a33424c43ab70726f76696465725f6964d93856414c554b"
                        + "5535554b334f35375255515233464c44514942375a564c4548524c564944424f364b33505642324d4e4543"
                        + "544537354b494956a96c696e6b5f6e616d65a764656661756c74ab636f6e74726163745f6964b27761736d"
                        + "636c6f75643a6b657976616c7565a676616c75657381a355524cb672656469733a2f2f3132372e302e302e"
                        + "313a36333739");
        assertThat(HostForm.OTP.linkMessage(LINK).toHex())
                .isEqualTo("86a676616c75657381a355524cb672656469733a2f2f3132372e302e302e313a36333739ab70726f76696465"
                        + "725f6964d93856414c554b5535554b334f35375255515233464c44514942375a564c4548524c564944424f"
                        + "364b33505642324d4e4543544537354b494956a96c696e6b5f6e616d65a764656661756c74a26964d94036"
                        + "344538453244344641353843313537313044313736303031303433374244373232353142323843363939424"
                        + "637444442413835314533303933373244314241ab636f6e74726163745f6964b27761736d636c6f75643a6b"
                        + "657976616c7565a86163746f725f6964d9384d415355484f4a50364545564b454b484e4c4f4947324f334e5"
                        + "84f4a474e544655454d5852584e424942484f4342544d56464b5a33424c43");
        assertThat(HostForm.HARNESS.linkMessage(LINK).toUtf8()).startsWith("{\"actor_id\":\"" + ACTOR + "\",");
    }

    @Test
    void asksForHealthAsEachFamilyDoes() {
        assertThat(HostForm.RUST.healthRequest()).isEqualTo(Bytes.EMPTY);
        assertThat(HostForm.OTP.healthRequest().toHex()).isEqualTo("81ab706c616365686f6c646572c3");
        assertThat(HostForm.HARNESS.healthRequest().toUtf8()).isEqualTo("{}");
    }

    private static String decoded(String line) {
        return new String(Base64.getDecoder().decode(line.strip()), StandardCharsets.UTF_8);
    }
}
