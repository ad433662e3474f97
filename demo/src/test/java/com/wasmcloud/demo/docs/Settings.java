package com.wasmcloud.demo.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The values of links that pages show are those of the provider that they are about. */
final class Settings {
    private static final Set<String> OF_RUNTIME = Set.of("config_json", "config_b64");
    private static final Pattern TABLE = Pattern.compile("\\[([a-z_]+)]");
    private static final Pattern ENTRY = Pattern.compile("([a-z_]+) = (?:\"[^\"]*\"|\\[.*]|[0-9]+|true|false)");

    private Settings() {}

    /** Fails unless a provider's schema has such a key, or a pattern for it. */
    static void mustBeKnown(Path module, String key) throws IOException {
        JsonNode schema = new ObjectMapper()
                .readTree(module.resolve("src/main/resources/META-INF/wasmcloud/link-schema.json")
                        .toFile());
        String lower = key.toLowerCase(Locale.ROOT);
        boolean known = OF_RUNTIME.contains(lower);
        for (var names = schema.path("properties").fieldNames(); names.hasNext(); ) {
            known |= names.next().toLowerCase(Locale.ROOT).equals(lower);
        }
        for (var patterns = schema.path("patternProperties").fieldNames(); patterns.hasNext(); ) {
            known |= Pattern.compile(patterns.next()).matcher(lower).find();
        }
        assertThat(known)
                .as("the setting '%s' of %s", key, module.getFileName())
                .isTrue();
    }

    /** {@code KEY=VALUE}, as they stand behind {@code wash link put}. */
    static void checkValues(Path root, CodeBlock block) throws IOException {
        for (String word : block.text().strip().split("\\s+", -1)) {
            mustBeKnown(block.module(root), word.substring(0, word.indexOf('=')));
        }
    }

    static void checkToml(Path root, CodeBlock block) throws IOException {
        String table = "";
        for (String line : block.text().split("\n", -1)) {
            Matcher named = TABLE.matcher(line);
            Matcher entry = ENTRY.matcher(line);
            if (named.matches()) {
                table = named.group(1) + ".";
            } else if (entry.matches()) {
                mustBeKnown(block.module(root), table + entry.group(1));
            } else {
                assertThat(line).as("a line of TOML").isBlank();
            }
        }
    }
}
