package com.wasmcloud.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerArchiveTest {
    @TempDir
    private Path folder;

    @Test
    void hasTheFilesTheUserTheEntryPointAndTheHealthCheck() throws Exception {
        Map<String, byte[]> archive = entries(Files.readAllBytes(archive("one")));
        String manifest = new String(archive.get("manifest.json"), UTF_8);
        assertThat(manifest).contains("\"RepoTags\":[\"provider:1.2.3\"]");
        String name = manifest.replaceAll(".*\"Config\":\"([^\"]+)\".*", "$1");
        assertThat(new String(archive.get(name), UTF_8))
                .contains(
                        "\"User\":\"65532:65532\"",
                        "\"Entrypoint\":[\"/provider/bin/java\",\"@/provider/options\"]",
                        "\"Test\":[\"CMD\",\"/provider/bin/java\",\"@/provider/health\"]",
                        "\"org.opencontainers.image.version\":\"1.2.3\"");
        String files = archive.entrySet().stream()
                .filter(entry -> entry.getKey().endsWith(".tar.gz"))
                .flatMap(DockerArchiveTest::names)
                .sorted()
                .collect(Collectors.joining("\n"));
        assertThat(files).isEqualTo("""
                100644 etc/passwd
                100755 provider/bin/java
                40755 etc/
                40755 provider/
                40755 provider/bin/
                41777 tmp/""");
        for (Map.Entry<String, byte[]> entry : archive.entrySet()) {
            if (entry.getKey().endsWith(".tar.gz")) {
                assertThat(entry.getKey()).isEqualTo(Digest.sha256(entry.getValue()) + ".tar.gz");
            }
        }
    }

    @Test
    void hasTheSameBytesEachTime() throws Exception {
        assertThat(archive("one")).hasSameBinaryContentAs(archive("two"));
    }

    private Path archive(String name) throws IOException {
        Path root = folder.resolve(name);
        Files.createDirectories(root.resolve("provider/bin"));
        Files.createDirectories(root.resolve("etc"));
        Files.writeString(root.resolve("etc/passwd"), "somebody");
        Path java = Files.writeString(root.resolve("provider/bin/java"), "java");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Path file = folder.resolve(name + ".tar");
        DockerArchive.write(SelfContainedTest.inputs(folder), root, "amd64", file);
        return file;
    }

    private static Map<String, byte[]> entries(byte[] bytes) throws IOException {
        Map<String, byte[]> entries = new TreeMap<>();
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new ByteArrayInputStream(bytes))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                byte[] content = tar.readAllBytes();
                boolean layer = entry.getName().endsWith(".gz");
                entries.put(entry.getName(), layer ? uncompressed(content) : content);
            }
        }
        return entries;
    }

    private static byte[] uncompressed(byte[] bytes) throws IOException {
        try (InputStream gzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return gzip.readAllBytes();
        }
    }

    private static Stream<String> names(Map.Entry<String, byte[]> layer) {
        Stream.Builder<String> names = Stream.builder();
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new ByteArrayInputStream(layer.getValue()))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                names.add(Integer.toOctalString(entry.getMode()) + " " + entry.getName());
            }
        } catch (IOException e) {
            throw new AssertionError("a layer is no tar", e);
        }
        return names.build();
    }
}
