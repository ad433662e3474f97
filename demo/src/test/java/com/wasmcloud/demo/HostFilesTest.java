package com.wasmcloud.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wasmcloud.nkeys.KeyPair;
import com.wasmcloud.nkeys.KeyRole;
import com.wasmcloud.testkit.archive.ArchiveWriter;
import com.wasmcloud.testkit.archive.ProviderArchive;
import com.wasmcloud.testkit.archive.ProviderClaims;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostFilesTest {
    private final Path archives;
    private final Path volume;

    HostFilesTest(@TempDir Path folder) throws IOException {
        this.archives = Files.createDirectory(folder.resolve("built"));
        this.volume = Files.createDirectory(folder.resolve("volume"));
    }

    @Test
    void putsTheArchivesWhereTheHostFindsThemAndUsesTheirKeys() throws IOException {
        Map<Part, String> keys = build();

        HostFiles.prepare(volume, 8080, archives);

        StackFiles files = StackFiles.in(volume, 8080);
        for (Part part : Part.values()) {
            assertThat(files.keys().provider(part)).isEqualTo(keys.get(part));
            assertThat(files.definition(part).providerId()).isEqualTo(keys.get(part));
            assertThat(ProviderArchive.read(HostFiles.archive(volume, part))
                            .claims()
                            .about()
                            .contractId())
                    .isEqualTo(part.contract().id());
        }
        assertThat(Files.readString(volume.resolve("host.env")))
                .isEqualTo("WASMCLOUD_CLUSTER_SEED=%s\n"
                        .formatted(files.keys().host().cluster().seed()));
    }

    @Test
    void takesNewArchivesAtTheNextStartAndKeepsTheOtherKeys() throws IOException {
        build();
        HostFiles.prepare(volume, 8080, archives);
        StackKeys before = StackKeys.read(volume.resolve("keys.json"));
        Map<Part, String> keys = build();

        HostFiles.prepare(volume, 8080, archives);

        StackKeys after = StackKeys.read(volume.resolve("keys.json"));
        assertThat(after.provider(Part.HTTP)).isEqualTo(keys.get(Part.HTTP)).isNotEqualTo(before.provider(Part.HTTP));
        assertThat(after.actor()).isEqualTo(before.actor());
        assertThat(after.host().cluster().seed())
                .isEqualTo(before.host().cluster().seed());
    }

    @Test
    void saysWhichArchiveIsMissingOrNone() throws IOException {
        assertThatThrownBy(() -> HostFiles.prepare(volume, 8080, archives))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("keyvalue-redis-provider.par.gz");

        build();
        Files.writeString(archives.resolve("logging-provider.par.gz"), "no archive");
        assertThatThrownBy(() -> HostFiles.prepare(volume, 8080, archives))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("logging-provider.par.gz")
                .hasMessageContaining("no archive that a host can use");
    }

    private Map<Part, String> build() throws IOException {
        Path executable = Files.writeString(archives.resolve("executable"), "#!/bin/sh\n");
        Map<Part, String> keys = new EnumMap<>(Part.class);
        for (Part part : Part.values()) {
            KeyPair provider = KeyPair.generate(KeyRole.PROVIDER);
            ProviderClaims.About about =
                    new ProviderClaims.About(part.module(), part.contract().id(), "demo", "0.1.0", 0);
            new ArchiveWriter(about, Map.of(), Map.of("x86_64-linux", executable), 1_700_000_000)
                    .write(archives.resolve(part.module() + ".par.gz"), KeyPair.generate(KeyRole.ACCOUNT), provider);
            keys.put(part, provider.publicKey());
        }
        return keys;
    }
}
