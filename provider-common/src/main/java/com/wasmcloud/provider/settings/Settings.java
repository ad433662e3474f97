package com.wasmcloud.provider.settings;

import com.wasmcloud.provider.support.Pem;
import com.wasmcloud.provider.support.SmallFile;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Settings by key, while {@link Sources#read} makes a provider's own record of them; nowhere else. What is wrong with one is
 * noted, and the method gives what it gives when there is no such setting; in the end all problems are reported at once.
 *
 * <p>A value {@code file:/path} stands for what the file holds (without its last line break), {@code env:NAME} for an
 * environment variable. Keys are case-insensitive. Used by one thread.
 */
public final class Settings {
    private final List<Source> sources;
    private final Set<String> problems = new LinkedHashSet<>();
    private final Set<String> asked = new HashSet<>();

    Settings(List<Source> sources) {
        this.sources = sources;
        sources.forEach(source -> problems.addAll(source.problems()));
    }

    /** All that is wrong, each problem once. */
    List<String> problems() {
        return List.copyOf(problems);
    }

    boolean wasAskedFor(String key) {
        return asked.contains(key);
    }

    /** Whether the key is there with any value. */
    public boolean has(String key) {
        return rank(key) < sources.size();
    }

    /** The origin of the source of highest precedence that has any of the keys. */
    public Origin origin(String... keys) {
        return Stream.of(keys)
                .map(key -> rank(key) < sources.size() ? sources.get(rank(key)).origin() : Origin.NOWHERE)
                .min(Comparator.naturalOrder())
                .orElse(Origin.NOWHERE);
    }

    /** Whether a key is there, in no weaker a source than another, which need not be there. */
    public boolean outranks(String key, String other) {
        return has(key) && rank(key) <= rank(other);
    }

    /** How many sources are stronger than the first one that has the key; all when none has it. */
    private int rank(String key) {
        String name = name(key);
        asked.add(name);
        int rank = 0;
        while (rank < sources.size() && !sources.get(rank).values().containsKey(name)) {
            rank++;
        }
        return rank;
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
        return (int) number(key, (long) byDefault, least, most);
    }

    /** The same for numbers that may be larger. */
    public long number(String key, long byDefault, long least, long most) {
        return parsed(key, byDefault, text -> {
            try {
                long number = Long.parseLong(text);
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

    /**
     * A file that must exist, be readable, and be a regular one of 1 MiB at the most; by absolute path or relative to the
     * working directory.
     */
    public Optional<Path> file(String key) {
        return path(key, SmallFile::check, "; give the absolute path of a readable file");
    }

    /** A file like any other, with certificates in PEM. */
    public Optional<Path> certificates(String key) {
        return file(key).isEmpty() ? Optional.empty() : path(key, Pem::certificates, "");
    }

    private interface Check {
        void check(Path file) throws IOException;
    }

    private Optional<Path> path(String key, Check check, String advice) {
        String text = raw(key);
        if (text == null) {
            return Optional.empty();
        }
        try {
            Path file = Path.of(text);
            try {
                check.check(file);
                return Optional.of(file);
            } catch (IOException e) {
                problem(key, "names the file " + file.toAbsolutePath() + ", which " + e.getMessage() + advice);
            }
        } catch (InvalidPathException e) {
            problem(key, "is not a path");
        }
        return Optional.empty();
    }

    /**
     * The elements {@code key.0}, {@code key.1} …, or a text value split at its commas; empty when there is neither. All
     * come from the first source that has any: a list replaces the one below it whole.
     */
    public List<String> list(String key) {
        String name = name(key);
        Source source = sources.stream()
                .filter(each -> each.values().containsKey(name) || each.values().containsKey(name + ".0"))
                .findFirst()
                .orElse(null);
        askedForElements(name);
        if (source == null) {
            return List.of();
        }
        String whole = source.values().get(name);
        if (whole != null) {
            return resolved(key, whole, source).stream()
                    .flatMap(value -> Stream.of(value.text().split(",", -1)))
                    .map(String::strip)
                    .filter(element -> !element.isEmpty())
                    .toList();
        }
        List<String> elements = new ArrayList<>();
        for (String next = source.values().get(name + ".0");
                next != null;
                next = source.values().get(name + "." + elements.size())) {
            elements.add(resolved(key + "." + elements.size(), next, source)
                    .map(Value::text)
                    .orElse(""));
        }
        return List.copyOf(elements);
    }

    /** The texts of all keys that begin with the prefix, by the rest of the key. */
    public Map<String, String> texts(String prefix) {
        Set<String> keys = new TreeSet<>();
        sources.forEach(source -> source.values().keySet().stream()
                .filter(key -> key.startsWith(prefix))
                .forEach(keys::add));
        Map<String, String> texts = new LinkedHashMap<>();
        keys.forEach(key -> text(key).ifPresent(text -> texts.put(key.substring(prefix.length()), text)));
        return texts;
    }

    private void askedForElements(String name) {
        asked.add(name);
        for (Source source : sources) {
            for (int i = 0; source.values().containsKey(name + "." + i); i++) {
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
        String where = origin(key) == Origin.ENVIRONMENT ? " (it is from the environment)" : "";
        problems.add("setting '" + key + "' " + why + where);
    }

    private <T> T parsed(String key, T byDefault, Function<String, T> parser, boolean shown) {
        Optional<Value> value = value(key);
        if (value.isEmpty()) {
            return byDefault;
        }
        try {
            return parser.apply(value.get().text().strip());
        } catch (IllegalArgumentException e) {
            boolean quotable = shown && value.get().shown();
            String why = String.valueOf(e.getMessage());
            if (!quotable && why.contains(value.get().text().strip())) { // parsers like to quote what they cannot parse
                why = "does not have the right form";
            }
            problem(key, why + (quotable ? ", not '" + value.get().text() + "'" : ""));
            return byDefault;
        }
    }

    private Optional<Value> value(String key) {
        int rank = rank(key);
        if (rank == sources.size()) {
            return Optional.empty();
        }
        Source source = sources.get(rank);
        return resolved(key, source.values().getOrDefault(name(key), ""), source);
    }

    /** What a value stands for, when it points elsewhere. */
    private Optional<Value> resolved(String key, String raw, Source source) {
        try {
            Value value = Value.of(raw);
            return Optional.of(new Value(value.text(), value.shown() && source.shown()));
        } catch (IllegalArgumentException e) {
            problem(key, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private @Nullable String raw(String key) {
        int rank = rank(key);
        return rank == sources.size() ? null : sources.get(rank).values().get(name(key));
    }

    private static String name(String key) {
        return key.toLowerCase(Locale.ROOT);
    }
}
