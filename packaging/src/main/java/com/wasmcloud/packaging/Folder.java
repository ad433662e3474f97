package com.wasmcloud.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What is done with all files in a folder. Stateless. */
final class Folder {
    private Folder() {}

    /** All in it, folders before what is in them, in an order that depends on the names alone. */
    static List<Path> all(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(path -> !path.equals(folder))
                    .sorted(Comparator.comparing(Path::toString))
                    .toList();
        }
    }

    static List<Path> files(Path folder) throws IOException {
        return all(folder).stream().filter(path -> !Files.isDirectory(path)).toList();
    }

    static void delete(Path folder) throws IOException {
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            List<Path> all = all(folder);
            for (int index = all.size() - 1; index >= 0; index--) {
                Files.delete(all.get(index));
            }
            Files.delete(folder);
        }
    }

    /** Gives everything the same time, and permissions that depend only on whether a file is a program. */
    static void normalize(Path folder, Instant time) throws IOException {
        for (Path path : all(folder)) {
            boolean open = Files.isDirectory(path) || Files.isExecutable(path);
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(open ? "rwxr-xr-x" : "rw-r--r--"));
        }
        for (Path path : all(folder)) {
            Files.setLastModifiedTime(path, FileTime.from(time));
        }
    }
}
