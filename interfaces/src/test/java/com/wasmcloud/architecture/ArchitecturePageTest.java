package com.wasmcloud.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Keeps the page on the architecture true: every class that it names is there. */
class ArchitecturePageTest {
    private static final Path ROOT = Path.of(System.getProperty("basedir", ".")).resolve("..");
    private static final Pattern IN_TEXT = Pattern.compile("`([A-Z]\\w*[a-z]\\w*)`");
    private static final Pattern DIAGRAM = Pattern.compile("```mermaid(.*?)```", Pattern.DOTALL);
    private static final Pattern IN_DIAGRAM = Pattern.compile("\\b((?:[A-Z][a-z0-9]+){2,})\\b");

    @Test
    void everyClassThatThePageNamesIsThere() throws IOException {
        Set<String> named = classNames(Files.readString(ROOT.resolve("docs/architecture.md")));
        assertThat(named).hasSizeGreaterThan(40);
        named.removeAll(classes());
        assertThat(named)
                .as("classes that docs/architecture.md names and that are gone")
                .isEmpty();
    }

    @Test
    void noticesAClassThatIsGone() throws IOException {
        String page = "See `GoneClass`.\n```mermaid\nparticipant X as GoneTwice\n```\nRFC 9112 and OpenTelemetry\n";
        assertThat(classNames(page)).containsExactly("GoneClass", "GoneTwice");
        assertThat(classes()).contains("Contract").doesNotContain("GoneClass", "GoneTwice");
    }

    private static Set<String> classNames(String page) {
        Set<String> names = new TreeSet<>();
        IN_TEXT.matcher(page).results().forEach(name -> names.add(name.group(1)));
        DIAGRAM.matcher(page)
                .results()
                .forEach(diagram ->
                        IN_DIAGRAM.matcher(diagram.group(1)).results().forEach(name -> names.add(name.group(1))));
        return names;
    }

    /** The names of all source files of all modules. */
    private static Set<String> classes() throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> modules = Files.list(ROOT)) {
            for (Path module : modules.filter(Files::isDirectory).toList()) {
                names.addAll(classes(module.resolve("src")));
            }
        }
        return names;
    }

    private static Set<String> classes(Path sources) throws IOException {
        if (!Files.isDirectory(sources)) {
            return Set.of();
        }
        try (Stream<Path> files = Files.walk(sources)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(".java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .collect(Collectors.toSet());
        }
    }
}
