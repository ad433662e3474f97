package com.wasmcloud.logging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Moves a file out of the way: it becomes {@code path.1}, what that was becomes {@code path.2}, and so on; those that are
 * too many go.
 */
record Rotation(Path path, int keep) {
    void run() throws IOException {
        for (int extra = keep + 1; Files.deleteIfExists(older(extra)); extra++) {
            // left over from a time when more were kept
        }
        for (int i = keep; i > 1; i--) {
            if (Files.exists(older(i - 1))) {
                move(older(i - 1), older(i));
            }
        }
        if (keep == 0) {
            Files.delete(path);
        } else {
            move(path, older(1));
        }
    }

    private static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE); // replaces what is there
    }

    private Path older(int number) {
        return path.resolveSibling(path.getFileName() + "." + number);
    }
}
