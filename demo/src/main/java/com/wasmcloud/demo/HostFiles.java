package com.wasmcloud.demo;

import com.wasmcloud.testkit.archive.ProviderArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.EnumMap;
import java.util.Map;

/**
 * What the containers of {@code compose.host.yaml} find in their common volume beside what those of {@code compose.yaml} do:
 * the archives of the providers, and the environment of the host. Stateless.
 */
final class HostFiles {
    /** The seed that the host signs with: the actor's own process signs with it, too. */
    static final String ENVIRONMENT = "host.env";

    private HostFiles() {}

    /**
     * Copies the archives, and writes all files of the volume for providers that have the archives' keys.
     *
     * @throws IOException when an archive is missing or is none
     */
    static void prepare(Path folder, int port, Path archives) throws IOException {
        Map<Part, String> keys = new EnumMap<>(Part.class);
        Files.createDirectories(folder.resolve("archives"));
        for (Part part : Part.values()) {
            Path copy = archive(folder, part);
            Path built = archives.resolve(part.module() + ".par.gz");
            if (!Files.exists(built)) {
                throw new IOException("there is no archive %s; the image demo-host has it".formatted(built));
            }
            Path whole = copy.resolveSibling(copy.getFileName() + ".part");
            Files.copy(built, whole, StandardCopyOption.REPLACE_EXISTING);
            keys.put(part, ProviderArchive.read(whole).claims().subject());
            Files.move(whole, copy, StandardCopyOption.ATOMIC_MOVE);
        }
        StackFiles files = StackFiles.prepare(folder, port, keys);
        files.write(
                ENVIRONMENT,
                "WASMCLOUD_CLUSTER_SEED=%s\n"
                        .formatted(files.keys().host().cluster().seed()));
    }

    /** Where a provider's archive is, for the host as for everybody else. */
    static Path archive(Path folder, Part part) {
        return folder.resolve("archives").resolve(part.module() + ".par.gz");
    }
}
