package com.wasmcloud.packaging;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

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

    /** The file that the entry point names: what the launcher's script would choose, as far as it can be fixed. */
    private static String serving(Inputs inputs, Home home) {
        List<String> options = new ArrayList<>(home.options());
        // no script is there to read the limit of the container: half of it is heap
        options.add("-XX:MaxRAMPercentage=50");
        return options(inputs, options);
    }

    /** The file that the health check names. */
    private static String health(Inputs inputs, Home home) throws IOException {
        return options(inputs, LaunchOptions.of(inputs).forHealth(home.jdk().major())) + "health\n";
    }

    private static String options(Inputs inputs, List<String> chosen) {
        List<String> options = new ArrayList<>(chosen);
        options.add("-XX:SharedArchiveFile=" + HOME + "/provider.jsa");
        options.addAll(List.of("-cp", HOME + "/provider.jar", inputs.mainClass()));
        return String.join("\n", options) + "\n";
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
        Files.writeString(place(root, "provider/options"), serving(inputs, home));
        Files.writeString(place(root, "provider/health"), health(inputs, home));
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
