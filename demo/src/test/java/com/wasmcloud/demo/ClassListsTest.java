package com.wasmcloud.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The lists of classes that the archives in self-contained files are made from. */
class ClassListsTest {
    private static final List<String> OF_JAVA = List.of("java/", "javax/", "jdk/", "sun/", "com/sun/");
    /** An update of a library moves some; it is no reason to make the list anew. */
    private static final int PERCENT_GONE = 1;

    @ParameterizedTest
    @EnumSource
    void nameClassesThatTheExecutableHas(Part part) throws IOException {
        Set<String> there = classesIn(DemoProcess.executable(part));
        List<String> named = named(Path.of("..", part.module(), "src", "dist", "classes"));

        assertThat(named).hasSizeGreaterThan(500);
        List<String> gone = named.stream().filter(name -> !there.contains(name)).toList();
        assertThat(gone.size()).as(gone.toString()).isLessThanOrEqualTo(named.size() * PERCENT_GONE / 100);
    }

    private static Set<String> classesIn(Path executable) throws IOException {
        try (ZipFile file = new ZipFile(executable.toFile())) {
            return file.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.endsWith(".class"))
                    .map(name -> name.substring(0, name.length() - ".class".length()))
                    .collect(Collectors.toSet());
        }
    }

    /** Those of the executable's own jar: not those of Java, nor those that are made at run time. */
    private static List<String> named(Path list) throws IOException {
        try (Stream<String> lines = Files.lines(list)) {
            return lines.filter(line -> !line.startsWith("@"))
                    .map(line -> line.split(": ", 2))
                    .filter(parts -> parts.length == 2)
                    .flatMap(parts -> Arrays.stream(parts[1].split(" ")).map(name -> parts[0] + "/" + name))
                    .filter(name -> OF_JAVA.stream().noneMatch(name::startsWith) && !name.contains("$$"))
                    .toList();
        }
    }
}
