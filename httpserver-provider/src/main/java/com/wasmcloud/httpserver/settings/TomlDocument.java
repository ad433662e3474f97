package com.wasmcloud.httpserver.settings;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads TOML as nested maps and lists. A class of its own so that the parser is loaded only for such a document. */
final class TomlDocument {
    private TomlDocument() {}

    /** Throws {@link IllegalArgumentException} that tells the line, and nothing of the text: it may hold secrets. */
    static Map<String, @Nullable Object> parse(String text) {
        try {
            return members(new TomlMapper().readTree(text));
        } catch (JacksonException e) {
            JsonLocation at = e.getLocation();
            String line = at == null || at.getLineNr() < 1 ? "" : " (at or before line " + at.getLineNr() + ")";
            throw new IllegalArgumentException("it is not valid TOML" + line, e);
        } catch (StackOverflowError e) {
            throw new IllegalArgumentException("it is not valid TOML: it is nested too deeply", e);
        }
    }

    private static Map<String, @Nullable Object> members(JsonNode table) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        table.properties().forEach(member -> members.put(member.getKey(), plain(member.getValue())));
        return members;
    }

    private static @Nullable Object plain(JsonNode value) {
        if (value.isObject()) {
            return members(value);
        }
        if (value.isArray()) {
            List<@Nullable Object> elements = new ArrayList<>();
            value.forEach(element -> elements.add(plain(element)));
            return elements;
        }
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        return value.isNumber() ? value.numberValue() : value.asText();
    }
}
