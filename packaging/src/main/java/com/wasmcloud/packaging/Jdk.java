package com.wasmcloud.packaging;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** A JDK that a runtime can be taken from. */
record Jdk(Path home, String version, String vendor) {
    /** The release whose starts are fastest, by class archives and small objects, and that is supported for long. */
    private static final int PREFERRED = 25;

    private static final List<String> PLACES =
            List.of("/usr/lib/jvm", "/usr/lib64/jvm", "/opt/java", "/opt", "/usr/local");

    /**
     * The chosen one; otherwise a JDK 25 in the usual places; otherwise the one that runs the build.
     *
     * @throws IOException if the chosen folder is no JDK with jlink
     */
    static Jdk find(Optional<Path> chosen) throws IOException {
        if (chosen.isPresent()) {
            return at(chosen.get())
                    .orElseThrow(() -> new IOException("there is no JDK with jlink in " + chosen.get()
                            + "; set dist.java.home to the folder of one"));
        }
        Path running = Path.of(System.getProperty("java.home", "/"));
        List<Path> homes = new ArrayList<>(List.of(running));
        for (String place : PLACES) {
            if (Files.isDirectory(Path.of(place))) {
                try (DirectoryStream<Path> folders = Files.newDirectoryStream(Path.of(place))) {
                    folders.forEach(homes::add);
                }
            }
        }
        for (Path home : homes) {
            Optional<Jdk> found = at(home).filter(jdk -> jdk.major() == PREFERRED);
            if (found.isPresent()) {
                return found.get();
            }
        }
        return at(running)
                .orElseThrow(() ->
                        new IOException("the Java in " + running + " has no jlink; install a JDK, version 25 is best"));
    }

    private static Optional<Jdk> at(Path home) throws IOException {
        Path release = home.resolve("release");
        if (!Files.isExecutable(home.resolve("bin/jlink")) || !Files.isReadable(release)) {
            return Optional.empty();
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(release)) {
            properties.load(reader);
        }
        return Optional.of(new Jdk(
                home,
                properties.getProperty("JAVA_VERSION", "0").replace("\"", ""),
                properties.getProperty("IMPLEMENTOR", "unknown").replace("\"", "")));
    }

    int major() {
        return Integer.parseInt(version.split("[^0-9]", 2)[0]);
    }

    String tool(String name) {
        return home.resolve("bin").resolve(name).toString();
    }
}
