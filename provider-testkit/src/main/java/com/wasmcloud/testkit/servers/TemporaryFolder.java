package com.wasmcloud.testkit.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Where a server keeps its files, for as long as it lives. Immutable. */
record TemporaryFolder(Path path) {
    static TemporaryFolder of(String owner) {
        try {
            return new TemporaryFolder(Files.createTempDirectory("wasmcloud-" + owner + "-"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Removes it with everything in it; nothing happens when it is gone already. */
    void delete() {
        try (Stream<Path> files = Files.exists(path) ? Files.walk(path) : Stream.empty()) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot remove the files of a server in " + path, failure);
        }
    }
}
