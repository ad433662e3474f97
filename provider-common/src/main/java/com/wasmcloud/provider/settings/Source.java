package com.wasmcloud.provider.settings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One source of settings.
 *
 * @param values by key in lower case
 * @param shown whether values may be quoted
 * @param problems what is wrong with it as a whole, as sentences
 */
record Source(Origin origin, Map<String, String> values, boolean shown, List<String> problems) {
    Source {
        values = Map.copyOf(values);
        problems = List.copyOf(problems);
    }

    /** Plain values. Keys that differ only in letter case are one key, and must have one value. */
    static Source of(Origin origin, Map<String, String> values) {
        Map<String, String> byKey = new TreeMap<>();
        List<String> problems = new ArrayList<>();
        new TreeMap<>(values).forEach((key, value) -> {
            String lowerCase = key.toLowerCase(Locale.ROOT);
            String other = byKey.putIfAbsent(lowerCase, value);
            if (other != null && !other.equals(value)) {
                problems.add("setting '" + lowerCase + "' is given more than once, in different letter case; keep one");
            }
        });
        return new Source(origin, byKey, true, problems.stream().distinct().toList());
    }

    /**
     * A document. The keys of nested ones are joined by dots, elements of lists are numbered: {@code tls.cert}, {@code
     * origins.0}. Blank text has no settings.
     *
     * @param name what the text is called in problems
     */
    static Source document(Origin origin, String name, Value text, Parser parser) {
        if (text.text().isBlank()) {
            return new Source(origin, Map.of(), true, List.of());
        }
        Map<String, String> values = new LinkedHashMap<>();
        try {
            flatten("", parser.parse(text.text()), values);
        } catch (IllegalArgumentException e) {
            return broken(origin, "cannot use " + name + ": " + e.getMessage());
        }
        Source plain = of(origin, values);
        return new Source(origin, plain.values, text.shown(), plain.problems);
    }

    /** One that cannot be read at all. */
    static Source broken(Origin origin, String problem) {
        return new Source(origin, Map.of(), true, List.of(problem));
    }

    /** The keys that are wanted. */
    Source only(Predicate<String> wanted, boolean withProblems) {
        Map<String, String> wantedValues = new LinkedHashMap<>(values);
        wantedValues.keySet().removeIf(wanted.negate());
        return new Source(origin, wantedValues, shown, withProblems ? problems : List.of());
    }

    private static void flatten(String prefix, Map<String, @Nullable Object> object, Map<String, String> into) {
        object.forEach((key, value) -> flatten(prefix + key, value, into));
    }

    @SuppressWarnings("unchecked") // members of what parsers read have string keys
    private static void flatten(String key, @Nullable Object value, Map<String, String> into) {
        if (value instanceof Map<?, ?> members) {
            flatten(key + ".", (Map<String, @Nullable Object>) members, into);
        } else if (value instanceof List<?> elements) {
            if (elements.isEmpty()) {
                into.put(key, ""); // as a list it is empty, and hides one of a weaker source
            }
            for (int i = 0; i < elements.size(); i++) {
                flatten(key + "." + i, elements.get(i), into);
            }
        } else if (value != null) {
            into.put(key, value.toString());
        }
    }
}
