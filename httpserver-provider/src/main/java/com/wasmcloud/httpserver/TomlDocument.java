package com.wasmcloud.httpserver;

import com.electronwill.nightconfig.core.Config;
import com.electronwill.nightconfig.core.io.ParsingException;
import com.electronwill.nightconfig.toml.TomlParser;
import java.io.LineNumberReader;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** TOML as nested maps and lists. Apart from the rest so that the parser is loaded only where there is such a document. */
final class TomlDocument {
    private TomlDocument() {}

    /** Throws {@link IllegalArgumentException} that tells the line, and nothing of the text: it may hold secrets. */
    static Map<String, @Nullable Object> parse(String text) {
        LineNumberReader lines = new LineNumberReader(new StringReader(text));
        lines.setLineNumber(1);
        try {
            return members(new TomlParser().parse(lines));
        } catch (ParsingException | IllegalArgumentException | IllegalStateException | StackOverflowError e) {
            throw new IllegalArgumentException(
                    "it is not valid TOML (at or before line " + lines.getLineNumber() + ")", e);
        }
    }

    private static Map<String, @Nullable Object> members(Config table) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        table.entrySet().forEach(entry -> members.put(entry.getKey(), plain(entry.getValue())));
        return members;
    }

    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof Config table) {
            return members(table);
        }
        return value instanceof List<?> elements
                ? elements.stream().map(TomlDocument::plain).toList()
                : value;
    }
}
