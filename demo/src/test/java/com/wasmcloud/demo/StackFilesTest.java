package com.wasmcloud.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wasmcloud.wasmbus.HostData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackFilesTest {
    private final Path folder;

    StackFilesTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void writesHostDataForEachProviderWithOneLattice() throws IOException {
        StackFiles.prepare(folder, 9000);

        StackKeys keys = StackKeys.read(folder.resolve("keys.json"));
        for (Part part : Part.values()) {
            HostData data = HostData.parse(Files.readString(folder.resolve(part.module() + ".host-data")));
            assertThat(data.providerKey()).isEqualTo(keys.provider(part)).startsWith("V");
            assertThat(data.hostId()).isEqualTo(keys.host().hostKey());
            assertThat(data.trust().invocationSeed())
                    .isEqualTo(keys.host().cluster().seed());
            assertThat(data.trust().clusterIssuers())
                    .containsExactly(keys.host().cluster().publicKey());
            assertThat(data.nats().url()).isEqualTo("nats://demo:%s@nats:4222".formatted(keys.natsPassword()));
            assertThat(data.links()).singleElement().satisfies(link -> {
                assertThat(link.actorId()).isEqualTo(keys.actor());
                assertThat(link.contractId()).isEqualTo(part.contract().id());
            });
        }
        assertThat(Files.readString(folder.resolve("valkey.conf"))).contains("requirepass " + keys.valkeyPassword());
        assertThat(Files.readString(folder.resolve("s3proxy.conf"))).contains(keys.s3Secret());
        assertThat(Files.readString(folder.resolve("nats.conf"))).contains(keys.natsPassword());
    }

    @Test
    void keepsKeysOverAnotherStartButTakesANewPort() throws IOException {
        StackFiles.prepare(folder, 8080);
        Map<String, String> before = contents();

        StackFiles.prepare(folder, 9000);

        Map<String, String> after = contents();
        assertThat(after.keySet()).isEqualTo(before.keySet());
        assertThat(after.get("keys.json")).isEqualTo(before.get("keys.json"));
        String http = Files.readString(folder.resolve("httpserver-provider.host-data"));
        assertThat(HostData.parse(http).links().get(0).values())
                .containsEntry("cors.allowed_origins", "http://127.0.0.1:9000,http://localhost:9000");
    }

    @Test
    void keepsKeysThatLackAProviderAndAddsItsOwn() throws IOException {
        StackFiles.prepare(folder, 8080);
        Path file = folder.resolve("keys.json");
        StackKeys before = StackKeys.read(file);
        Map<String, String> older = new LinkedHashMap<>(before.texts());
        older.keySet().removeIf(name -> name.startsWith("httpclient-provider"));
        Files.writeString(file, new StackKeys(older).toJson());

        StackFiles.prepare(folder, 8080);

        StackKeys after = StackKeys.read(file);
        assertThat(after.texts()).containsAllEntriesOf(older);
        assertThat(after.provider(Part.FETCH)).startsWith("V").isNotEqualTo(before.provider(Part.FETCH));
    }

    @Test
    void isReadableForItsOwnUserOnlyAndPrintsNoSecret() throws IOException {
        StackFiles.prepare(folder, 8080);

        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .as("%s", file)
                        .isEqualTo("rw-------");
            }
        }
        StackFiles files = StackFiles.in(folder, 8080);
        assertThat(files + " " + files.keys()).doesNotContain(files.keys().natsPassword(), "SC");
    }

    @Test
    void saysWhatIsWrongWithKeys() throws IOException {
        assertThatThrownBy(() -> StackFiles.in(folder, 8080))
                .hasMessageContaining("cannot read the keys in")
                .hasMessageContaining("the service 'keys' makes them");

        Files.writeString(folder.resolve("keys.json"), "{\"cluster_seed\":");
        assertThatThrownBy(() -> StackFiles.in(folder, 8080))
                .hasMessageContaining("are damaged")
                .hasMessageContaining("remove the volume");

        Files.writeString(folder.resolve("keys.json"), "{}");
        assertThatThrownBy(() -> StackFiles.in(folder, 8080).keys().actor())
                .hasMessageContaining("the keys lack 'actor_key'");
    }

    private Map<String, String> contents() throws IOException {
        Map<String, String> contents = new LinkedHashMap<>();
        try (var files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                contents.put(String.valueOf(file.getFileName()), Files.readString(file));
            }
        }
        return contents;
    }
}
