package com.wasmcloud.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No link of a page to another page of the project, or to a heading in one, is dead. */
class DocLinksTest {
    private static final Path ROOT = Path.of(System.getProperty("basedir", ".")).resolve("..");
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s#]*)(?:#([^)\\s]*))?\\)");
    private static final Pattern HEADING = Pattern.compile("^#+ (.*)$", Pattern.MULTILINE);

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        List<String> dead = new ArrayList<>();
        try (Stream<Path> pages = Files.find(ROOT, 3, (file, is) -> isPage(file))) {
            for (Path page : pages.toList()) {
                dead.addAll(deadLinks(page));
            }
        }
        assertThat(dead).isEmpty();
    }

    @Test
    void noticesDeadOnes(@TempDir Path folder) throws IOException {
        Path page = folder.resolve("page.md");
        Files.writeString(page, """
                ## The modules: a `list`
                [fine](#the-modules-a-list) [fine](page.md) [fine](https://example.com/gone)
                [dead](#gone) [dead](gone.md) [dead](page.md#gone)
                """);
        assertThat(deadLinks(page)).containsExactly(page + ": #gone", page + ": gone.md", page + ": page.md#gone");
    }

    private static boolean isPage(Path file) {
        return file.toString().endsWith(".md") && !file.toString().contains("/target/");
    }

    private static List<String> deadLinks(Path page) throws IOException {
        return LINK.matcher(Files.readString(page))
                .results()
                .filter(link -> !link.group(1).contains(":"))
                .filter(link -> isDead(page, link.group(1), link.group(2)))
                .map(link -> page + ": " + link.group(1) + (link.group(2) == null ? "" : "#" + link.group(2)))
                .toList();
    }

    private static boolean isDead(Path page, String file, @Nullable String heading) {
        Path target = file.isEmpty() ? page : page.resolveSibling(file);
        return !Files.exists(target) || (heading != null && !headings(target).contains(heading));
    }

    /** As GitHub makes them. */
    private static List<String> headings(Path page) {
        try {
            return HEADING.matcher(Files.readString(page))
                    .results()
                    .map(heading -> heading.group(1)
                            .toLowerCase(Locale.ROOT)
                            .replaceAll("[^\\w\\- ]", "")
                            .replace(' ', '-'))
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
