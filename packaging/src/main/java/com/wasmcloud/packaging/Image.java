package com.wasmcloud.packaging;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The root file system of an image: the packaged provider in {@code /provider}, the system's libraries, the names of users and
 * hosts, a place for temporary files, and nothing else: no shell, no other program. Stateless.
 */
final class Image {
    /** Nobody in particular; the same as in other images without a shell. */
    static final int USER = 65532;

    static final String HOME = "/provider";

    private static final int ANYBODY_WRITES = 01777;

    private Image() {}

    /** The file of options that the entry point names: what the launcher's script would choose, as far as it can be fixed. */
    static String options(Inputs inputs, Home home) {
        StringBuilder options = new StringBuilder();
        for (String option : home.options()) {
            options.append(option).append('\n');
        }
        // no script is there to read the limit of the container: half of it is heap
        options.append("-XX:MaxRAMPercentage=50\n");
        options.append("-XX:SharedArchiveFile=" + HOME + "/provider.jsa\n");
        options.append("-cp\n" + HOME + "/provider.jar\n")
                .append(inputs.mainClass())
                .append('\n');
        return options.toString();
    }

    /** Writes the root file system as a folder, for a Dockerfile to copy. */
    static void writeRoot(Inputs inputs, Home home, Path root) throws IOException {
        Folder.delete(root);
        for (Path file : SystemFiles.of(home.folder())) {
            Files.copy(file.toRealPath(), place(root, "." + file));
        }
        for (Path path : Folder.all(home.folder())) {
            Path copy = place(root, "provider/" + home.folder().relativize(path));
            Files.copy(path, copy, StandardCopyOption.COPY_ATTRIBUTES);
        }
        Files.writeString(place(root, "provider/options"), options(inputs, home));
        Files.writeString(
                place(root, "etc/passwd"), "provider:x:%d:%d:provider:/tmp:/nonexistent\n".formatted(USER, USER));
        Files.writeString(place(root, "etc/group"), "provider:x:%d:\n".formatted(USER));
        Files.writeString(place(root, "etc/nsswitch.conf"), "passwd: files\ngroup: files\nhosts: files dns\n");
        Folder.normalize(root, inputs.time());
    }

    /** A path in the root file system, whose folder is made. */
    private static Path place(Path root, String name) throws IOException {
        Path path = root.resolve(name).normalize();
        Files.createDirectories(path.resolveSibling(""));
        return path;
    }

    /** A layer: some of the folders at the top of the root file system. */
    static void writeLayer(Inputs inputs, Path root, boolean provider, Path file) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
                Tar tar = new Tar(out, inputs.time())) {
            for (Path path : Folder.all(root)) {
                if (path.startsWith(root.resolve("provider")) == provider) {
                    tar.add(root.relativize(path).toString(), path);
                }
            }
            if (!provider) {
                tar.folder("tmp", ANYBODY_WRITES);
            }
        }
    }
}
