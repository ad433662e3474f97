package com.wasmcloud.httpserver.settings;

import com.wasmcloud.provider.settings.Settings;
import com.wasmcloud.provider.settings.SettingsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The places that a link's settings come from, the strongest first: its values, the documents in its values, and the
 * provider's start-up configuration. Each overrides what it names and nothing else. Used by one thread.
 */
public final class HttpSources {
    private static final List<String> DOCUMENTS = List.of("config_json", "config_b64", "config_file");

    private final List<Settings> layers = new ArrayList<>();

    private HttpSources() {}

    /**
     * Finds the sources of a link.
     *
     * @param link its values
     * @param settings its values over the start-up configuration
     */
    public static HttpSources of(Map<String, String> link, Settings settings) {
        HttpSources sources = new HttpSources();
        Settings values = Settings.of(link).ignoringCase();
        sources.layers.add(values);
        values.text("config_json").ifPresent(json -> sources.add(Settings.json("config_json", json)));
        values.text("config_b64").ifPresent(base64 -> sources.add(Settings.base64Json("config_b64", base64)));
        values.text("config_file").ifPresent(file -> sources.add(HttpDocument.ofFile(file)));
        // the values once more, below the documents, where they change nothing, and the start-up configuration
        sources.add(settings);
        return sources;
    }

    private void add(Settings layer) {
        layers.add(layer.ignoringCase());
    }

    /** How far down the first source is that names a key: 0 for the strongest, more than all when none does. */
    int rank(String key) {
        int rank = 0;
        while (rank < layers.size() && !layers.get(rank).has(key)) {
            rank++;
        }
        return rank;
    }

    /**
     * Reads from all of them.
     *
     * @throws SettingsException with every problem
     */
    <T> T read(Function<Settings, T> shape) {
        Settings all = layers.stream().reduce(Settings::over).orElseThrow().ignoringCase();
        try {
            return all.read(settings -> {
                DOCUMENTS.forEach(settings::text);
                return shape.apply(settings);
            });
        } catch (SettingsException e) {
            throw new SettingsException(e.problems().stream().distinct().toList());
        }
    }
}
