package com.wasmcloud.blobstore.s3;

import com.wasmcloud.provider.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The places that a link's settings come from, the strongest first: the link (its values, then the documents and the
 * file that these hold or name), the provider's start-up configuration, the environment of the process. Each overrides
 * what it names and nothing else, and none changes another: an {@code env} file is this link's alone. Used by one thread.
 */
final class S3Sources {
    /** The levels, as {@link #level} gives them. */
    static final int LINK = 0;

    static final int NOWHERE = 3;

    private static final long LARGEST_FILE = 1024 * 1024;

    private final List<Settings> levels;

    private S3Sources(List<Settings> levels) {
        this.levels = levels;
    }

    /** Finds the sources of a link with these values. */
    static S3Sources of(Map<String, String> link, Settings configuration, Map<String, String> environment) {
        return new S3Sources(List.of(
                ofLink(link),
                configuration.ignoringCase(),
                Settings.of(EnvironmentNames.settings(environment)).ignoringCase()));
    }

    private static Settings ofLink(Map<String, String> link) {
        List<Settings> layers = new ArrayList<>();
        Settings values = Settings.of(EnvironmentNames.others(link)).ignoringCase();
        layers.add(values);
        layers.add(Settings.of(EnvironmentNames.settings(link)));
        values.text("config_b64").ifPresent(base64 -> layers.add(Settings.base64Json("config_b64", base64)));
        values.text("config_json").ifPresent(json -> layers.add(Settings.json("config_json", json)));
        values.text("env").ifPresent(file -> {
            try {
                layers.add(Settings.of(EnvironmentNames.settings(EnvironmentNames.parse(content(file)))));
            } catch (IOException | InvalidPathException e) {
                layers.add(Settings.unreadable("setting 'env' names the env file '" + file
                        + "', which cannot be read as text of 1 MiB at the most"));
            }
        });
        return layers.stream()
                .map(Settings::ignoringCase)
                .reduce(Settings::over)
                .orElseThrow();
    }

    private static String content(String file) throws IOException {
        Path path = Path.of(file);
        if (Files.size(path) > LARGEST_FILE) {
            throw new IOException("too large");
        }
        return Files.readString(path);
    }

    /** The strongest level that names any of the keys; {@link #NOWHERE} when none does. */
    int level(String... keys) {
        for (int level = 0; level < levels.size(); level++) {
            for (String key : keys) {
                if (levels.get(level).has(key)) {
                    return level;
                }
            }
        }
        return NOWHERE;
    }

    /**
     * Reads from all of them.
     *
     * @throws com.wasmcloud.provider.settings.SettingsException with every problem
     */
    <T> T read(Function<Settings, T> shape) {
        return levels.stream().reduce(Settings::over).orElseThrow().read(settings -> {
            List.of("config_b64", "config_json", "env").forEach(settings::has);
            return shape.apply(settings);
        });
    }
}
