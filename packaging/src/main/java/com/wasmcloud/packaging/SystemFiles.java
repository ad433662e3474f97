package com.wasmcloud.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a Java runtime needs of an operating system: the C library and the few libraries beside it, which are those of the
 * build machine. Stateless.
 */
final class SystemFiles {
    private static final Pattern LIBRARY = Pattern.compile("(?:=> )?(/\\S+) \\(0x");
    private static final Path LICENCE = Path.of("/usr/share/doc/libc6/copyright");

    private SystemFiles() {}

    /** Their names, the loader's among them, without links that lead elsewhere. */
    static SortedSet<Path> of(Path home) throws IOException {
        SortedSet<Path> libraries = new TreeSet<>();
        for (Path file : Folder.files(home)) {
            if (file.toString().endsWith(".so") || file.equals(home.resolve("bin/java"))) {
                Matcher library = LIBRARY.matcher(Command.run("/usr/bin/ldd", file.toString()));
                while (library.find()) {
                    Path found = Path.of(library.group(1)).normalize();
                    if (!found.startsWith(home)) {
                        libraries.add(found);
                    }
                }
            }
        }
        if (Files.exists(LICENCE)) {
            libraries.add(LICENCE);
        }
        return libraries;
    }
}
