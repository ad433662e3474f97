package com.wasmcloud.provider.settings;

import com.wasmcloud.provider.support.Json;
import com.wasmcloud.provider.support.SmallFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the settings of a link, or of a provider, come from, in order of precedence: {@code a.over(b)} has what {@code a} has,
 * and what only {@code b} has. Keys are case-insensitive. {@link #read} makes a provider's own record of them; nothing is
 * reported before, and a source that cannot be read is a problem like any other.
 *
 * <p>Immutable.
 */
public final class Sources {
    private static final Logger LOG = LoggerFactory.getLogger(Sources.class);
    /** The documents among a link's values. */
    private static final String JSON = "config_json";

    private static final String BASE64_JSON = "config_b64";

    private final List<Source> sources;
    /** Keys of documents, which no record asks for. */
    private final Set<String> documents;

    private Sources(List<Source> sources, Set<String> documents) {
        this.sources = List.copyOf(sources);
        this.documents = Set.copyOf(documents);
    }

    private static Sources of(Source source) {
        return new Sources(List.of(source), Set.of());
    }

    /** The values of a link. */
    public static Sources ofLink(Map<String, String> values) {
        return of(Source.of(Origin.LINK, values));
    }

    /**
     * A provider configuration.
     *
     * @param name what the text is called in problems
     * @param json an object; blank text has no settings
     */
    public static Sources ofConfiguration(String name, String json) {
        return of(Source.document(Origin.CONFIGURATION, name, new Value(json, true), Json::object));
    }

    /** The settings in the environment of a process. */
    public static Sources ofEnvironment(Map<String, String> environment, Variables names) {
        return of(Source.of(Origin.ENVIRONMENT, names.settings(environment)));
    }

    /** These, and the others for what these do not have. */
    public Sources over(Sources others) {
        Set<String> keys = new HashSet<>(documents);
        keys.addAll(others.documents);
        return new Sources(
                Stream.concat(sources.stream(), others.sources.stream()).toList(), keys);
    }

    /**
     * These, in which settings may have the names of environment variables too; one that has its own name comes first.
     */
    public Sources named(Variables names) {
        return new Sources(
                sources.stream()
                        .flatMap(source -> Stream.of(
                                source.only(key -> !names.contain(key), true),
                                new Source(
                                        source.origin(), names.settings(source.values()), source.shown(), List.of())))
                        .toList(),
                documents);
    }

    /**
     * These, over the JSON object in their setting {@code config_json}, over the one in {@code config_b64}: base64 of either
     * alphabet, padded or not, in one line or many.
     */
    public Sources withDocuments() {
        return with(JSON, value -> Source.document(Origin.LINK, JSON, value, Json::object))
                .with(BASE64_JSON, Sources::base64Json);
    }

    private static Source base64Json(Value value) {
        String standard = value.text().replace('-', '+').replace('_', '/').replaceAll("[\\s=]", "");
        String json;
        try {
            json = new String(Base64.getDecoder().decode(standard), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return Source.broken(Origin.LINK, "setting '" + BASE64_JSON + "' is not base64");
        }
        return Source.document(Origin.LINK, BASE64_JSON, new Value(json, value.shown()), Json::object);
    }

    /**
     * These, over the file on the provider's machine that one of their settings names.
     *
     * @param form chooses a parser for a file's name; throws {@link IllegalArgumentException} with what is wrong with the name
     */
    public Sources withFile(String key, Function<String, Parser> form) {
        return with(key, value -> file(value.shown() ? key + " '" + value.text() + "'" : key, value, form));
    }

    private static Source file(String name, Value value, Function<String, Parser> form) {
        try {
            Parser parser = form.apply(value.text());
            String text = SmallFile.text(Path.of(value.text()));
            return Source.document(Origin.LINK, name, new Value(text, true), parser);
        } catch (InvalidPathException e) {
            return Source.broken(Origin.LINK, "cannot read " + name + ": that is not a path");
        } catch (IllegalArgumentException e) {
            return Source.broken(Origin.LINK, "cannot use " + name + ": " + e.getMessage());
        } catch (IOException e) {
            return Source.broken(
                    Origin.LINK,
                    "cannot read " + name + ": it " + e.getMessage()
                            + "; give the absolute path of a readable text file of at most 1 MiB on the provider's machine");
        }
    }

    /** The first source has the plain values; documents do not point to further ones. */
    private Sources with(String key, Function<Value, Source> document) {
        Set<String> keys = new HashSet<>(documents);
        keys.add(key);
        String text = sources.get(0).values().get(key);
        Stream<Source> added = text == null ? Stream.of() : Stream.of(pointed(text, key, document));
        return new Sources(Stream.concat(sources.stream(), added).toList(), keys);
    }

    private static Source pointed(String text, String key, Function<Value, Source> document) {
        try {
            return document.apply(Value.of(text));
        } catch (IllegalArgumentException e) {
            return Source.broken(Origin.LINK, "setting '" + key + "' " + e.getMessage());
        }
    }

    /** Only the keys that begin with the prefix, and no problem with the rest. */
    public Sources only(String prefix) {
        return filtered(key -> key.startsWith(prefix), false);
    }

    /** All keys but those that begin with the prefix. */
    public Sources without(String prefix) {
        return filtered(key -> !key.startsWith(prefix), true);
    }

    private Sources filtered(Predicate<String> wanted, boolean withProblems) {
        return new Sources(
                sources.stream()
                        .map(source -> source.only(wanted, withProblems))
                        .toList(),
                documents);
    }

    /**
     * Reads the record that {@code shape} makes. Keys that it does not ask for are logged and ignored.
     *
     * @throws SettingsException with every problem that was met
     */
    public <T> T read(Function<Settings, T> shape) {
        Settings reading = new Settings(sources);
        T read = shape.apply(reading);
        List<String> problems = reading.problems();
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
        Set<String> unknown = new TreeSet<>();
        sources.forEach(source -> unknown.addAll(source.values().keySet()));
        unknown.removeIf(key -> documents.contains(key) || reading.wasAskedFor(key));
        if (!unknown.isEmpty()) {
            LOG.warn("ignoring unknown settings: {}", String.join(", ", unknown));
        }
        return read;
    }
}
