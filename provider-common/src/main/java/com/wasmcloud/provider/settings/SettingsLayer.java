package com.wasmcloud.provider.settings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One source of settings: its values by key, and what was wrong with it as a whole. */
record SettingsLayer(Map<String, String> values, List<String> problems) {
    /** A nested document, whose keys become {@code a.b} and {@code list.0}. */
    static SettingsLayer of(String source, String text, Function<String, Map<String, @Nullable Object>> parser) {
        Map<String, String> values = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        if (!text.isBlank()) {
            try {
                flatten("", parser.apply(text), values);
            } catch (IllegalArgumentException e) {
                problems.add("cannot use " + source + ": " + e.getMessage());
            }
        }
        return new SettingsLayer(values, problems);
    }

    /** The keys that are wanted. */
    SettingsLayer only(Predicate<String> wanted, boolean withProblems) {
        Map<String, String> wantedValues = new LinkedHashMap<>(values);
        wantedValues.keySet().removeIf(wanted.negate());
        return new SettingsLayer(wantedValues, withProblems ? problems : List.of());
    }

    /** All keys in lower case; two that become the same are a problem. */
    SettingsLayer lowerCased() {
        Map<String, String> lowerCased = new LinkedHashMap<>();
        List<String> all = new ArrayList<>(problems);
        for (String key : new TreeSet<>(values.keySet())) {
            String value = values.get(key);
            if (value != null && lowerCased.putIfAbsent(key.toLowerCase(Locale.ROOT), value) != null) {
                all.add("setting '" + key.toLowerCase(Locale.ROOT)
                        + "' is given more than once, in different letter case; keep one");
            }
        }
        return new SettingsLayer(lowerCased, all);
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
                into.put(key, ""); // as a list it is empty, and hides one of a lower layer
            }
            for (int i = 0; i < elements.size(); i++) {
                flatten(key + "." + i, elements.get(i), into);
            }
        } else if (value != null) {
            into.put(key, value.toString());
        }
    }
}
