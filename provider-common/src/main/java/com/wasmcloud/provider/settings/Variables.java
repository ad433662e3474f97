package com.wasmcloud.provider.settings;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Map.Entry;

/**
 * The names that settings have as environment variables. A blank variable counts as none. Immutable.
 *
 * @param names the name of a variable, and the key that it stands for; of several for one key the first one counts
 */
public record Variables(List<Entry<String, String>> names) {
    /** Copies the list. */
    public Variables {
        names = List.copyOf(names);
    }

    /**
     * The settings among variables, by their keys: of the process, or of a file of lines {@code NAME=value}. A name in another
     * letter case is found too, if there is none that is exactly the same.
     */
    public Map<String, String> settings(Map<String, String> variables) {
        Map<String, String> byName = new LinkedHashMap<>();
        variables.forEach((name, value) -> byName.putIfAbsent(name.toUpperCase(Locale.ROOT), value));
        byName.putAll(variables);
        Map<String, String> settings = new LinkedHashMap<>();
        for (Entry<String, String> name : names) {
            String value = byName.get(name.getKey());
            if (value != null && !value.isBlank()) {
                settings.putIfAbsent(name.getValue(), value);
            }
        }
        return settings;
    }

    /** Whether a key is such a name, ignoring case. */
    boolean contain(String key) {
        return names.stream().anyMatch(name -> name.getKey().equalsIgnoreCase(key));
    }
}
