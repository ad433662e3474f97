package com.wasmcloud.provider.settings;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes nested maps and lists of the text of a document. */
@FunctionalInterface
public interface Parser {
    /**
     * Understands a text.
     *
     * @throws IllegalArgumentException with what is wrong, in a sentence that quotes nothing of the text
     */
    Map<String, @Nullable Object> parse(String text);
}
