package com.wasmcloud.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page about the protocol has every operation, and every structure with its fields in their order. */
class OperationsPageTest {
    private static final Path BASE = Path.of(System.getProperty("basedir", "."));
    private static final Pattern OPERATION = Pattern.compile("Operation\\.of\\(\\s*\"(\\w+)\\.(\\w+)\"");
    private static final Pattern FIELD =
            Pattern.compile("fields\\.(required|withDefault|optional)\\(\"(\\w+)\", Codec\\.(\\w+)(\\(\\w+[.\\w]*)?"
                    + "|fields\\.(required|withDefault|optional)\\(\"(\\w+)\", (\\w+)\\.CODEC");
    private static final Map<String, String> TYPES =
            Map.of("string", "text", "lenient_string", "text", "timestamp", "time");

    @Test
    void hasEveryOperation() throws IOException {
        String page = page();
        Set<String> missing = new TreeSet<>();
        int found = 0;
        for (String source : sources()) {
            for (MatchResult operation : OPERATION.matcher(source).results().toList()) {
                found++;
                String service = operation.group(1);
                String method = operation.group(2);
                boolean inItsTable = page.contains("`" + service + ".…`") && page.contains("`" + method + "`");
                if (!inItsTable && !page.contains("`" + service + "." + method + "`")) {
                    missing.add(service + "." + method);
                }
            }
        }
        assertThat(found).isGreaterThan(30);
        assertThat(missing).isEmpty();
    }

    @Test
    void hasEveryStructure() throws IOException {
        List<String> structures = sources().stream()
                .filter(source -> source.contains("Codec.record("))
                .map(OperationsPageTest::structure)
                .toList();
        assertThat(structures).hasSizeGreaterThan(25);
        assertThat(page()).contains(structures);
    }

    private static String structure(String source) {
        return FIELD.matcher(source)
                .results()
                .map(OperationsPageTest::field)
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String field(MatchResult field) {
        boolean nested = field.group(6) != null;
        String type = nested ? field.group(7) : type(field.group(3), field.group(4));
        String kind = nested ? field.group(5) : field.group(1);
        return (nested ? field.group(6) : field.group(2)) + ": " + type + (kind.equals("optional") ? "?" : "");
    }

    private static String type(String codec, String argument) {
        if (codec.equals("list")) {
            String of = argument.substring(1);
            return "list of " + (of.startsWith("Codec.") ? type(of.substring(6), "") : of.replace(".CODEC", ""));
        }
        String name = codec.toLowerCase(Locale.ROOT);
        return TYPES.getOrDefault(name, name);
    }

    private static String page() throws IOException {
        return Files.readString(BASE.resolve("../docs/how-a-provider-works.md"));
    }

    private static List<String> sources() throws IOException {
        Path contracts = BASE.resolve("src/main/java/com/wasmcloud/contract");
        try (Stream<Path> files = Files.walk(contracts)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.startsWith(contracts.resolve("rpc")))
                    .map(OperationsPageTest::read)
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
