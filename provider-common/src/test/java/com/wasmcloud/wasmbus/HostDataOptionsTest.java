package com.wasmcloud.wasmbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wasmcloud.nkeys.KeyPair;
import com.wasmcloud.nkeys.KeyRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostDataOptionsTest {
    private static final String CONTRACT = "wasmcloud:keyvalue";
    private static final String ACTOR = KeyPair.generate(KeyRole.ACTOR).publicKey();

    @TempDir
    private Path folder;

    private static HostData made(String... options) throws IOException {
        return HostData.parse(
                new HostDataOptions(CONTRACT).read(List.of(options)).line());
    }

    @Test
    void makesAllKeysWhenNoneAreGiven() throws IOException {
        HostData data = made();
        assertThat(data.lattice()).isEqualTo("default");
        assertThat(data.linkName()).isEqualTo("default");
        assertThat(data.hostId()).hasSize(56).startsWith("N");
        assertThat(data.providerKey()).hasSize(56).startsWith("V");
        assertThat(data.standalone()).get().satisfies(alone -> assertThat(alone.issuer())
                .startsWith("A"));
        assertThat(data.trust().clusterIssuers())
                .containsExactly(KeyPair.fromSeed(data.trust().invocationSeed()).publicKey());
        assertThat(made().providerKey()).isNotEqualTo(data.providerKey());
    }

    @Test
    void takesWhatIsGiven() throws IOException {
        String provider = KeyPair.generate(KeyRole.PROVIDER).publicKey();
        String other = KeyPair.generate(KeyRole.CLUSTER).publicKey();
        Path url = Files.writeString(folder.resolve("url"), "redis://:secret@redis\n");
        Path config = Files.writeString(folder.resolve("config"), "{\"url\":\"x\"}");
        HostData data = made(
                "--lattice",
                "shop",
                "--nats",
                "nats://a:4222,nats://b:4222",
                "--provider-key",
                provider,
                "--cluster-issuer",
                other,
                "--link",
                "actor=" + ACTOR,
                "URL=@" + url,
                "prefix=a=b",
                "--link",
                "actor=" + provider.replaceFirst("V.*", ACTOR),
                "contract=x:y",
                "--links-from-bucket",
                "--config",
                config.toString(),
                "--rpc-timeout",
                "500",
                "--structured-logging");
        assertThat(data.lattice()).isEqualTo("shop");
        assertThat(data.nats().url()).isEqualTo("nats://a:4222,nats://b:4222");
        assertThat(data.providerKey()).isEqualTo(provider);
        assertThat(data.trust().clusterIssuers()).hasSize(2).contains(other);
        assertThat(data.links().get(0))
                .isEqualTo(new LinkDefinition(
                        ACTOR, provider, "default", CONTRACT, Map.of("URL", "redis://:secret@redis", "prefix", "a=b")));
        assertThat(data.links().get(1).contractId()).isEqualTo("x:y");
        assertThat(data.standalone()).get().satisfies(alone -> assertThat(alone.linksFromBucket())
                .isTrue());
        assertThat(data.setup().configJson()).isEqualTo("{\"url\":\"x\"}");
        assertThat(data.setup().structuredLogging()).isTrue();
        assertThat(data.rpcTimeout()).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void makesASeedFileThatOnlyItsOwnerCanReadAndUsesItAgain() throws IOException {
        Path seed = folder.resolve("cluster.seed");
        HostData first = made("--cluster-seed", seed.toString());
        HostData second = made("--cluster-seed", seed.toString());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(seed)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(seed).strip())
                .isEqualTo(first.trust().invocationSeed())
                .isEqualTo(second.trust().invocationSeed());
        try (var left = Files.list(folder)) {
            assertThat(left).containsExactly(seed);
        }
    }

    @Test
    void showsNoSecret() throws IOException {
        Path seed = folder.resolve("seed");
        var made = new HostDataOptions(CONTRACT).read(List.of("--cluster-seed", seed.toString()));
        assertThat(made.toString())
                .contains("V")
                .doesNotContain(Files.readString(seed).strip());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--lattice",
                "--lattice a.b",
                "--lattice --nats",
                "--link-name *",
                "--provider-key V",
                "--provider-key CAB2CB576PHBBPQ5ODORRZ2LYCMWPZGWGCN2KDK7DXOIMZASKUY3R53J",
                "--rpc-timeout 0",
                "--rpc-timeout x",
                "--link URL=x",
                "--link actor=",
                "--link actor",
                "--config /dev/null/x",
                "--cluster-seed /dev/null/x",
                "--nats-user-seed /nowhere",
                "--colour red",
                "red"
            })
    void refusesWhatIsWrongInOneSentence(String options) {
        assertThatThrownBy(() -> made(options.split(" ")))
                .isInstanceOfAny(IllegalArgumentException.class, IOException.class)
                .message()
                .isNotBlank()
                .doesNotContain("\n");
    }

    @Test
    void saysWhyASeedCannotBeWritten() {
        assertThatThrownBy(() -> made("--cluster-seed", "/nowhere/seed"))
                .hasMessage("cannot write to /nowhere: no such file or folder");
    }
}
