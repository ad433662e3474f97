package com.wasmcloud.provider.settings;

import java.util.function.UnaryOperator;

/** Text that must not be printed: prints as {@code ***}. An immutable value, compared by content. */
public final class Secret {
    private final String text;

    /** Wraps the text. */
    public Secret(String text) {
        this.text = text;
    }

    /** The text itself, for the one place that needs it. */
    public String reveal() {
        return text;
    }

    /** Whether there is anything in it. */
    public boolean isBlank() {
        return text.isBlank();
    }

    /** A secret made from this one. */
    public Secret map(UnaryOperator<String> change) {
        return new Secret(change.apply(text));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }
}
