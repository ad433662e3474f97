package com.wasmcloud.provider.settings;

import com.wasmcloud.provider.support.SmallFile;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * The value of a setting.
 *
 * @param text what it is, or what it points to
 * @param shown whether it may be quoted: what a file or a variable holds may not
 */
record Value(String text, boolean shown) {
    private static final String VARIABLE = "env:";
    private static final String FILE = "file:";

    /**
     * What a text stands for: {@code env:NAME} for an environment variable, {@code file:/path} for the content of a file,
     * without its last line break.
     *
     * @throws IllegalArgumentException when that cannot be read; says why in the rest of a sentence about the setting
     */
    static Value of(String text) {
        if (text.startsWith(VARIABLE)) {
            return new Value(variable(text.substring(VARIABLE.length())), false);
        }
        if (text.startsWith(FILE)) {
            return new Value(content(text.substring(FILE.length())), false);
        }
        return new Value(text, true);
    }

    private static String variable(String name) {
        String content = System.getenv(name);
        if (content == null) {
            throw new IllegalArgumentException("points to the environment variable " + name + ", which is not set");
        }
        return content;
    }

    private static String content(String name) {
        try {
            Path file = Path.of(name.startsWith("//") ? name.substring(2) : name);
            return SmallFile.text(file).replaceFirst("\\R\\z", "");
        } catch (IOException e) {
            throw new IllegalArgumentException("points to the file " + name + ", which " + e.getMessage(), e);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("points to the file " + name + ", which is not a path", e);
        }
    }
}
