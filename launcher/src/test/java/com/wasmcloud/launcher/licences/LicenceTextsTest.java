package com.wasmcloud.launcher.licences;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LicenceTextsTest {
    @TempDir
    private Path root;

    private final List<Path> classPath = new ArrayList<>();

    @Test
    void takesTheTextsFromTheJars() throws Exception {
        library(
                "org.example",
                "wire",
                List.of("MIT"),
                "META-INF/LICENSE.txt",
                "META-INF/license/NOTICE",
                "Notice.class");
        Path texts = gather();
        assertThat(Files.readString(texts.resolve("wire-LICENSE.txt"))).isEqualTo("META-INF/LICENSE.txt");
        assertThat(Files.readString(texts.resolve("wire-NOTICE"))).isEqualTo("META-INF/license/NOTICE");
        assertThat(Files.readString(texts.resolve("LIBRARIES"))).contains("""

                org.example:wire:1.0 (MIT)
                    wire-LICENSE.txt
                    wire-NOTICE
                """);
        assertThat(texts).isDirectoryNotContaining("glob:**Notice.class");
    }

    @Test
    void addsTheTextOfALicenceThatNamesNoOwner() throws Exception {
        library("org.example", "one", List.of("Apache-2.0"), "META-INF/NOTICE");
        library("org.example", "two", List.of("EPL-2.0", "The Apache Software License, Version 2.0"));
        Path texts = gather();
        assertThat(Files.readString(texts.resolve("LICENSE-Apache-2.0"))).contains("Version 2.0, January 2004");
        assertThat(Files.readString(texts.resolve("LIBRARIES")))
                .contains("one-NOTICE", "org.example:two:1.0 (EPL-2.0 or Apache-2.0)");
    }

    @Test
    void addsTheTextsThatAreKeptForAGroup() throws Exception {
        library("org.bouncycastle", "bcprov", List.of("Bouncy Castle Licence"));
        assertThat(gather().resolve("org.bouncycastle-LICENSE")).content().contains("Legion of the Bouncy Castle");
    }

    @Test
    void keepsATextOnce() throws Exception {
        library("org.example", "one", List.of("Apache-2.0"));
        library("org.example", "two", List.of("Apache-2.0"));
        try (Stream<Path> files = Files.list(gather())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("LIBRARIES", "LICENSE-Apache-2.0");
        }
    }

    @Test
    void refusesALicenceThatIsNotAllowed() throws Exception {
        library("org.example", "free", List.of("LGPL-3.0-only"), "LICENSE");
        library("org.example", "unknown", List.of(), "LICENSE");
        library("org.example", "fine", List.of("MIT"), "LICENSE");
        assertThatThrownBy(this::gather)
                .hasMessageContaining("org.example:free:1.0 may not be used: its licence is [LGPL-3.0-only]")
                .hasMessageContaining("org.example:unknown:1.0 may not be used")
                .hasMessageNotContaining("fine");
    }

    @Test
    void refusesALibraryWithoutALicenceText() throws Exception {
        library("org.example", "silent", List.of("MIT"), "META-INF/NOTICE");
        assertThatThrownBy(this::gather)
                .hasMessageContaining("the jar of org.example:silent:1.0 has no licence text")
                .hasMessageContaining("licences/org.example/LICENSE");
    }

    @Test
    void findsALicenceInTheParent() throws Exception {
        pom("org.example", "parent", "<groupId>org.example</groupId>", List.of("Apache-2.0"));
        pom("org.example", "between", parent("parent"), List.of());
        library("org.example.deep", "child", List.of());
        pom("org.example.deep", "child", "<groupId>org.example.deep</groupId>" + parent("between"), List.of());
        assertThat(Files.readString(gather().resolve("LIBRARIES"))).contains("org.example.deep:child:1.0 (Apache-2.0)");
    }

    @Test
    void passesOverWhatIsOurs() throws Exception {
        classPath.add(root.resolve("launcher/target/launcher-0.1.0.jar"));
        classPath.add(root.resolve("launcher/target/classes"));
        assertThat(Files.readString(gather().resolve("LIBRARIES"))).doesNotContain("launcher");
    }

    private static String parent(String name) {
        return "<parent><groupId>org.example</groupId><artifactId>" + name
                + "</artifactId><version>1.0</version></parent>";
    }

    private void library(String group, String name, List<String> licences, String... entries) throws IOException {
        Path folder = root.resolve("repository/" + group.replace('.', '/') + "/" + name + "/1.0");
        Path jar = Files.createDirectories(folder).resolve(name + "-1.0.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
            for (String entry : entries) {
                out.putNextEntry(new ZipEntry(entry));
                out.write(entry.getBytes(UTF_8));
            }
        }
        pom(group, name, "<groupId>" + group + "</groupId>", licences);
        classPath.add(jar);
    }

    private void pom(String group, String name, String head, List<String> licences) throws IOException {
        Path folder = root.resolve("repository/" + group.replace('.', '/') + "/" + name + "/1.0");
        String elements = licences.stream()
                .map(licence -> "<license><name>" + licence + "</name></license>")
                .collect(joining("", "<licenses>", "</licenses>"));
        Files.writeString(
                Files.createDirectories(folder).resolve(name + "-1.0.pom"),
                "<project>" + head + (licences.isEmpty() ? "" : elements) + "</project>");
    }

    private Path gather() throws IOException {
        Path folder = root.resolve("texts");
        LicenceTexts.main(
                String.join(
                        File.pathSeparator,
                        classPath.stream().map(Path::toString).toList()),
                folder.toString());
        return folder;
    }
}
