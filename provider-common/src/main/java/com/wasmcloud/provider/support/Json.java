package com.wasmcloud.provider.support;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.wasmcloud.contract.rpc.Bytes;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON texts as plain maps, lists, strings, numbers, booleans and nulls.
 *
 * <p>Thread-safe. Nesting, number length and text length are bounded by the parser, so hostile text costs no more than
 * its own size.
 */
public final class Json {
    public static final JsonFactory FACTORY = new JsonFactory();

    private Json() {}

    /**
     * Reads one JSON object; the order of its keys is kept.
     *
     * @throws IllegalArgumentException when the text is not exactly one object; the reason quotes nothing of the text
     */
    public static Map<String, @Nullable Object> object(Bytes text) {
        try (JsonParser parser = FACTORY.createParser(text.array(), text.offset(), text.size())) {
            return object(parser);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** The same for text that is characters already. */
    public static Map<String, @Nullable Object> object(String text) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            return object(parser);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** Writes an object in the order of the map, without white space. */
    public static String write(Map<String, ? extends @Nullable Object> object) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(text)) {
            write(generator, object);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** A text member, empty when it is absent or null. */
    public static String text(Map<String, @Nullable Object> object, String key) {
        Object value = object.get(key);
        if (value == null) {
            return "";
        }
        if (value instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("'" + key + "' must be a string");
    }

    /** A member that is an object of texts, empty when it is absent or null. */
    public static Map<String, String> texts(Map<String, @Nullable Object> object, String key) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Map.Entry<String, @Nullable Object> member : object(object, key).entrySet()) {
            if (!(member.getValue() instanceof String text)) {
                throw new IllegalArgumentException("'" + key + "." + member.getKey() + "' must be a string");
            }
            texts.put(member.getKey(), text);
        }
        return texts;
    }

    /** A member that is an object, empty when it is absent or null. */
    @SuppressWarnings("unchecked") // the keys of what is read here are strings
    public static Map<String, @Nullable Object> object(Map<String, @Nullable Object> object, String key) {
        Object value = object.get(key);
        if (value == null) {
            return Map.of();
        }
        if (value instanceof Map<?, ?> members) {
            return (Map<String, @Nullable Object>) members;
        }
        throw new IllegalArgumentException("'" + key + "' must be an object");
    }

    /** A member that is an array of objects, empty when it is absent or null. */
    @SuppressWarnings("unchecked") // the keys of what is read here are strings
    public static List<Map<String, @Nullable Object>> objects(Map<String, @Nullable Object> object, String key) {
        List<Map<String, @Nullable Object>> objects = new ArrayList<>();
        for (Object element : array(object, key)) {
            if (!(element instanceof Map<?, ?> members)) {
                throw new IllegalArgumentException("'" + key + "' must hold objects only");
            }
            objects.add((Map<String, @Nullable Object>) members);
        }
        return objects;
    }

    /** A member that is an array, empty when it is absent or null. */
    public static List<?> array(Map<String, @Nullable Object> object, String key) {
        Object value = object.get(key);
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> elements) {
            return elements;
        }
        throw new IllegalArgumentException("'" + key + "' must be an array");
    }

    private static Map<String, @Nullable Object> object(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new IllegalArgumentException("it is not a JSON object");
        }
        Map<String, @Nullable Object> object = members(parser);
        if (parser.nextToken() != null) {
            throw new IllegalArgumentException("something follows the JSON object");
        }
        return object;
    }

    private static Map<String, @Nullable Object> members(JsonParser parser) throws IOException {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            parser.nextToken();
            object.put(key, value(parser));
        }
        return object;
    }

    private static @Nullable Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> members(parser);
            case START_ARRAY -> {
                List<@Nullable Object> elements = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    elements.add(value(parser));
                }
                yield elements;
            }
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    private static void write(JsonGenerator generator, @Nullable Object value) throws IOException {
        if (value instanceof Map<?, ?> members) {
            generator.writeStartObject();
            for (Map.Entry<?, ?> member : members.entrySet()) {
                generator.writeFieldName(String.valueOf(member.getKey()));
                write(generator, member.getValue());
            }
            generator.writeEndObject();
        } else if (value instanceof Iterable<?> elements) {
            generator.writeStartArray();
            for (Object element : elements) {
                write(generator, element);
            }
            generator.writeEndArray();
        } else if (value instanceof String text) {
            generator.writeString(text);
        } else {
            generator.writeRawValue(String.valueOf(value)); // numbers, booleans and null print as JSON does
        }
    }

    /** The parser's position without its text: what stands in host data or settings may be secret. */
    private static IllegalArgumentException unreadable(IOException problem) {
        if (problem instanceof JsonProcessingException at && at.getLocation() != null) {
            return new IllegalArgumentException(
                    "it is not valid JSON (line " + at.getLocation().getLineNr() + ", column "
                            + at.getLocation().getColumnNr() + ")");
        }
        return new IllegalArgumentException("it is not valid JSON");
    }
}
