package com.wasmcloud.provider.settings;

import com.wasmcloud.provider.support.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settings by key, read into a provider's own record: every problem is collected and reported at once.
 *
 * <p>A value {@code file:/path} stands for what the file holds (without its last line break), {@code env:NAME} for an
 * environment variable. Layers: {@code a.over(b)} answers from {@code a} first. Nested JSON documents are flattened:
 * {@code {"tls":{"cert":"x"},"origins":["a","b"]}} has the keys {@code tls.cert}, {@code origins.0}, {@code origins.1}.
 * Keys that nobody asks for are logged and ignored. Used by one thread.
 */
public final class Settings {
    private static final Logger LOG = LoggerFactory.getLogger(Settings.class);
    private static final long LARGEST_FILE = 1024 * 1024;

    private final List<SettingsLayer> layers;
    private final boolean ignoringCase;
    private final List<String> problems = new ArrayList<>();
    private final Set<String> asked = new HashSet<>();

    private Settings(List<SettingsLayer> layers, boolean ignoringCase) {
        this.layers = layers;
        this.ignoringCase = ignoringCase;
    }

    /** A value, and whether it may be shown: what a file or a variable holds may not. */
    private record Value(String text, boolean shown) {}

    /** Settings from plain values, such as those of a link. */
    public static Settings of(Map<String, String> values) {
        return new Settings(List.of(new SettingsLayer(Map.copyOf(values), List.of())), false);
    }

    /**
     * Settings from a JSON object; text that is none is a problem that {@link #read} reports. Blank text has no settings.
     *
     * @param source what the text is called in problems
     */
    public static Settings json(String source, String text) {
        return document(source, text, Json::object);
    }

    /**
     * The same from JSON in base64 of either alphabet, padded or not, in one line or many.
     *
     * @param key the setting that holds the text
     */
    public static Settings base64Json(String key, String text) {
        String standard = text.replace('-', '+').replace('_', '/').replaceAll("[\\s=]", "");
        try {
            return json(key, new String(Base64.getDecoder().decode(standard), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return unreadable("setting '" + key + "' is not base64");
        }
    }

    /**
     * Settings from a text in some other form.
     *
     * @param source what the text is called in problems
     * @param parser makes nested maps and lists of it; throws {@link IllegalArgumentException} with what is wrong
     */
    public static Settings document(
            String source, String text, Function<String, Map<String, @Nullable Object>> parser) {
        return new Settings(List.of(SettingsLayer.of(source, text, parser)), false);
    }

    /** No settings but a problem, which {@link #read} reports: for a source that cannot be read at all. */
    public static Settings unreadable(String problem) {
        return new Settings(List.of(new SettingsLayer(Map.of(), List.of(problem))), false);
    }

    /** These settings, and the others for what these do not name. */
    public Settings over(Settings others) {
        return new Settings(
                Stream.concat(layers.stream(), others.layers.stream()).toList(), ignoringCase);
    }

    /**
     * The same with keys that are found whatever their case; two keys of one layer that differ only in case are a
     * problem.
     */
    public Settings ignoringCase() {
        return new Settings(layers.stream().map(SettingsLayer::lowerCased).toList(), true);
    }

    /** Only the keys that begin with the prefix, and no problem with the rest. */
    public Settings only(String prefix) {
        return filtered(key -> key.startsWith(prefix), false);
    }

    /** All keys but those that begin with the prefix. */
    public Settings without(String prefix) {
        return filtered(key -> !key.startsWith(prefix), true);
    }

    private Settings filtered(Predicate<String> wanted, boolean withProblems) {
        return new Settings(
                layers.stream().map(layer -> layer.only(wanted, withProblems)).toList(), ignoringCase);
    }

    /**
     * Reads the record that {@code shape} makes.
     *
     * @throws SettingsException with every problem that was met
     */
    public <T> T read(Function<Settings, T> shape) {
        Settings reading = new Settings(layers, ignoringCase);
        layers.forEach(layer -> reading.problems.addAll(layer.problems()));
        T read = shape.apply(reading);
        if (!reading.problems.isEmpty()) {
            throw new SettingsException(reading.problems);
        }
        Set<String> unknown = new TreeSet<>();
        layers.forEach(layer -> unknown.addAll(layer.values().keySet()));
        unknown.removeIf(reading::wasAskedFor);
        if (!unknown.isEmpty()) {
            LOG.warn("ignoring unknown settings: {}", String.join(", ", unknown));
        }
        return read;
    }

    /** Whether the key is there with any value. */
    public boolean has(String key) {
        return raw(key) != null;
    }

    /** Text as it is. */
    public Optional<String> text(String key) {
        return value(key).map(Value::text);
    }

    /** Text, or the default. */
    public String text(String key, String byDefault) {
        return text(key).orElse(byDefault);
    }

    /** Text that must not be printed. */
    public Optional<Secret> secret(String key) {
        return text(key).map(Secret::new);
    }

    /** {@code true} or {@code false}, in any case; anything else is a problem. */
    public boolean flag(String key, boolean byDefault) {
        return parsed(key, byDefault, text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("must be true or false");
        });
    }

    /** A whole number between two bounds, both included. */
    public int number(String key, int byDefault, int least, int most) {
        return parsed(key, byDefault, text -> {
            try {
                int number = Integer.parseInt(text);
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // said below, with the bounds
            }
            throw new IllegalArgumentException("must be a whole number from " + least + " to " + most);
        });
    }

    /** A whole number of milliseconds (the key should end in {@code _ms}), from 1 to a day's worth. */
    public Duration millis(String key, Duration byDefault) {
        return Duration.ofMillis(number(key, Math.toIntExact(byDefault.toMillis()), 1, 86_400_000));
    }

    /** A file that must exist and be readable, by absolute path or relative to the working directory. */
    public Optional<Path> file(String key) {
        return Optional.ofNullable(raw(key)).flatMap(text -> {
            try {
                Path path = Path.of(text);
                if (Files.isRegularFile(path) && Files.isReadable(path)) {
                    return Optional.of(path);
                }
                problem(
                        key,
                        "names the file " + path.toAbsolutePath()
                                + ", which does not exist or cannot be read; give the absolute path of a readable file");
            } catch (InvalidPathException e) {
                problem(key, "is not a path");
            }
            return Optional.empty();
        });
    }

    /**
     * The elements {@code key.0}, {@code key.1} …, or a text value split at its commas; empty when there is neither. All
     * come from the first layer that has any: a list replaces the one below it whole.
     */
    public List<String> list(String key) {
        String name = name(key);
        SettingsLayer layer = layers.stream()
                .filter(each -> each.values().containsKey(name) || each.values().containsKey(name + ".0"))
                .findFirst()
                .orElse(null);
        askedForElements(name);
        if (layer == null) {
            return List.of();
        }
        String whole = layer.values().get(name);
        if (whole != null) {
            return resolved(key, whole).stream()
                    .flatMap(value -> Stream.of(value.text.split(",", -1)))
                    .map(String::strip)
                    .filter(element -> !element.isEmpty())
                    .toList();
        }
        List<String> elements = new ArrayList<>();
        for (String next = layer.values().get(name + ".0");
                next != null;
                next = layer.values().get(name + "." + elements.size())) {
            elements.add(
                    resolved(key + "." + elements.size(), next).map(Value::text).orElse(""));
        }
        return List.copyOf(elements);
    }

    /** The texts of all keys that begin with the prefix, by the rest of the key. */
    public Map<String, String> texts(String prefix) {
        Set<String> keys = new TreeSet<>();
        layers.forEach(layer -> layer.values().keySet().stream()
                .filter(key -> key.startsWith(prefix))
                .forEach(keys::add));
        Map<String, String> texts = new LinkedHashMap<>();
        keys.forEach(key -> text(key).ifPresent(text -> texts.put(key.substring(prefix.length()), text)));
        return texts;
    }

    private void askedForElements(String name) {
        asked.add(name);
        for (SettingsLayer layer : layers) {
            for (int i = 0; layer.values().containsKey(name + "." + i); i++) {
                asked.add(name + "." + i);
            }
        }
    }

    /** A value in a form of its own; the parser throws {@link IllegalArgumentException} with what it must be. */
    public <T> T parsed(String key, T byDefault, Function<String, T> parser) {
        return parsed(key, byDefault, parser, true);
    }

    /** Like {@link #parsed} for a value that may hold a secret: it is never quoted in a problem. */
    public <T> T parsedSecret(String key, T byDefault, Function<String, T> parser) {
        return parsed(key, byDefault, parser, false);
    }

    /** Notes a problem with a key, the rest of a sentence that begins with the key. */
    public void problem(String key, String why) {
        problems.add("setting '" + key + "' " + why);
    }

    private <T> T parsed(String key, T byDefault, Function<String, T> parser, boolean shown) {
        Optional<Value> value = value(key);
        if (value.isEmpty()) {
            return byDefault;
        }
        try {
            return parser.apply(value.get().text.strip());
        } catch (IllegalArgumentException e) {
            boolean quotable = shown && value.get().shown;
            String why = String.valueOf(e.getMessage());
            if (!quotable && why.contains(value.get().text.strip())) { // parsers like to quote what they cannot parse
                why = "does not have the right form";
            }
            problem(key, why + (quotable ? ", not '" + value.get().text + "'" : ""));
            return byDefault;
        }
    }

    private Optional<Value> value(String key) {
        String raw = raw(key);
        return raw == null ? Optional.empty() : resolved(key, raw);
    }

    /** What a value stands for, when it points elsewhere. */
    private Optional<Value> resolved(String key, String raw) {
        if (raw.startsWith("env:")) {
            String name = raw.substring("env:".length());
            String content = System.getenv(name);
            if (content == null) {
                problem(key, "points to the environment variable " + name + ", which is not set");
            }
            return Optional.ofNullable(content).map(text -> new Value(text, false));
        }
        if (raw.startsWith("file:")) {
            return fileContent(key, raw.substring("file:".length())).map(text -> new Value(text, false));
        }
        return Optional.of(new Value(raw, true));
    }

    private Optional<String> fileContent(String key, String name) {
        try {
            Path path = Path.of(name.startsWith("//") ? name.substring(2) : name);
            if (Files.size(path) <= LARGEST_FILE) {
                return Optional.of(Files.readString(path).replaceFirst("\\R\\z", ""));
            }
            problem(key, "points to the file " + name + ", which is larger than a setting may be (1 MiB)");
        } catch (IOException | InvalidPathException e) {
            problem(key, "points to the file " + name + ", which cannot be read as text");
        }
        return Optional.empty();
    }

    private @Nullable String raw(String key) {
        String name = name(key);
        asked.add(name);
        for (SettingsLayer layer : layers) {
            String value = layer.values().get(name);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    private String name(String key) {
        return ignoringCase ? key.toLowerCase(Locale.ROOT) : key;
    }

    private boolean wasAskedFor(String key) {
        return asked.contains(key);
    }
}
