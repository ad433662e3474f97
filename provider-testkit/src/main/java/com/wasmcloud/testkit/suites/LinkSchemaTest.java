package com.wasmcloud.testkit.suites;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.provider.support.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The JSON schema of a provider's links, {@code META-INF/wasmcloud/link-schema.json}, says what the README and the code say.
 * Extend it in the module of a provider that reads its settings by {@code settings.…("key", …)}, and has a table of them in
 * its README with {@code key} above the first column.
 */
public abstract class LinkSchemaTest {
    private static final Path MODULE = Path.of(System.getProperty("basedir", "."));
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
    private static final Pattern READ = Pattern.compile(
            "settings\\s*\\.(?:text|texts|secret|flag|number|millis|file|certificates|parsed|parsedSecret|list)"
                    + "\\(\\s*\"([a-z0-9_.]+)\"");

    /** What the runtime reads for every provider that wants it. */
    private static final Set<String> OF_RUNTIME = Set.of("config_json", "config_b64");

    private final Map<String, @Nullable Object> schema;

    /** Reads the schema. */
    protected LinkSchemaTest() throws IOException {
        schema =
                Json.object(Files.readString(MODULE.resolve("src/main/resources/META-INF/wasmcloud/link-schema.json")));
    }

    /** Keys in README or code that are for the provider configuration only, or begin the names of others. */
    protected Set<String> apart() {
        return Set.of();
    }

    @Test
    void isASchemaOfStrings() {
        assertThat(schema).containsEntry("type", "object").containsKeys("$schema", "title", "description");
        properties().keySet().forEach(key -> assertThat(Json.object(properties(), key))
                .as(key)
                .containsEntry("type", "string")
                .containsKey("description"));
    }

    @Test
    void hasTheKeysOfTheReadme() throws IOException {
        Set<String> documented = new TreeSet<>();
        boolean settings = false;
        for (String line : Files.readAllLines(MODULE.resolve("README.md"))) {
            settings = line.startsWith("|") && (settings || line.startsWith("| key |"));
            if (settings) {
                Matcher key = QUOTED.matcher(line.split("\\|", -1)[1].replaceAll("\\([^)]*\\)", ""));
                while (key.find()) {
                    documented.add(key.group(1));
                }
            }
        }
        documented.removeAll(apart());
        assertThat(documented).isNotEmpty().filteredOn(key -> !isKnown(key)).isEmpty();
        assertThat(properties().keySet()).isSubsetOf(documented);
    }

    @Test
    void hasTheKeysThatTheCodeReads() throws IOException {
        Set<String> read = new TreeSet<>();
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(MODULE.resolve("src/main/java"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".java")).collect(Collectors.toList())) {
                String code = Files.readString(file);
                all.append(code);
                Matcher key = READ.matcher(code);
                while (key.find()) {
                    read.add(key.group(1));
                }
            }
        }
        read.removeAll(apart());
        assertThat(read).isNotEmpty().filteredOn(key -> !isKnown(key)).isEmpty();
        assertThat(properties().keySet())
                .as("keys that are nowhere in the code, whole or after a prefix")
                .filteredOn(key -> !OF_RUNTIME.contains(key) && !isIn(all, key))
                .isEmpty();
    }

    private Map<String, @Nullable Object> properties() {
        return Json.object(schema, "properties");
    }

    private boolean isKnown(String key) {
        return properties().containsKey(key)
                || Json.object(schema, "patternProperties").keySet().stream()
                        .anyMatch(pattern -> (key + "NAME").matches(pattern) || key.matches(pattern));
    }

    private static boolean isIn(StringBuilder code, String key) {
        for (String rest = key; ; rest = rest.substring(1)) {
            if (code.indexOf("\"" + rest + "\"") >= 0) {
                return true;
            }
            int prefix = rest.indexOf(key.indexOf('.') >= 0 ? '.' : '_');
            if (prefix < 0) {
                return false;
            }
            rest = rest.substring(prefix);
        }
    }
}
