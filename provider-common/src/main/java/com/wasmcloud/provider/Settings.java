package com.wasmcloud.provider;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Settings by key, read into a provider's own record: every problem is collected and reported at once.
 *
 * <p>A value {@code file:/path} stands for what the file holds (without its last line break), {@code env:NAME} for an
 * environment variable. Layers: {@code a.over(b)} answers from {@code a} first. Nested JSON documents are flattened:
 * {@code {"tls":{"cert":"x"},"origins":["a","b"]}} has the keys {@code tls.cert}, {@code origins.0}, {@code origins.1}.
 * Used by one thread.
 */
public final class Settings {
    private Settings() {}

    /** Settings from plain values, such as those of a link. */
    public static Settings of(Map<String, String> values) {
        throw new UnsupportedOperationException();
    }

    /** Settings from a JSON object; text that is none is a problem that {@link #read} reports. Blank text has no settings. */
    public static Settings json(String source, String text) {
        throw new UnsupportedOperationException();
    }

    /** These settings, and the others for what these do not name. */
    public Settings over(Settings others) {
        throw new UnsupportedOperationException();
    }

    /** The same with keys that are found whatever their case; two keys of one layer that differ only in case are a problem. */
    public Settings ignoringCase() {
        throw new UnsupportedOperationException();
    }

    /**
     * Reads the record that {@code shape} makes.
     *
     * @throws SettingsException with every problem that was met
     */
    public <T> T read(Function<Settings, T> shape) {
        throw new UnsupportedOperationException();
    }

    /** Whether the key is there with any value. */
    public boolean has(String key) {
        throw new UnsupportedOperationException();
    }

    /** Text as it is. */
    public Optional<String> text(String key) {
        throw new UnsupportedOperationException();
    }

    /** Text, or the default. */
    public String text(String key, String byDefault) {
        throw new UnsupportedOperationException();
    }

    /** Text that must not be printed. */
    public Optional<Secret> secret(String key) {
        throw new UnsupportedOperationException();
    }

    /** {@code true} or {@code false}; anything else is a problem. */
    public boolean flag(String key, boolean byDefault) {
        throw new UnsupportedOperationException();
    }

    /** A whole number between two bounds, both included. */
    public int number(String key, int byDefault, int least, int most) {
        throw new UnsupportedOperationException();
    }

    /** A whole number of milliseconds (the key should end in {@code _ms}), at least 1. */
    public Duration millis(String key, Duration byDefault) {
        throw new UnsupportedOperationException();
    }

    /** A file that must exist and be readable. */
    public Optional<Path> file(String key) {
        throw new UnsupportedOperationException();
    }

    /** The elements {@code key.0}, {@code key.1} …, or a text value split at its commas. */
    public List<String> list(String key) {
        throw new UnsupportedOperationException();
    }

    /** A value in a form of its own; the parser throws {@link IllegalArgumentException} with the reason. */
    public <T> T parsed(String key, T byDefault, Function<String, T> parser) {
        throw new UnsupportedOperationException();
    }

    /** Like {@link #parsed} for a value that may hold a secret: it is never quoted in a problem. */
    public <T> T parsedSecret(String key, T byDefault, Function<String, T> parser) {
        throw new UnsupportedOperationException();
    }

    /** Notes a problem with a key, a complete sentence. */
    public void problem(String key, String why) {
        throw new UnsupportedOperationException();
    }
}
