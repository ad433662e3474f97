package com.wasmcloud.provider.settings;

import java.util.List;

/** Settings that cannot be used, with every problem that was found; stops a start or refuses a link. */
public final class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    /** Joins the problems, each a sentence that names its key, into one message. */
    public SettingsException(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    /** Refuses for one reason. */
    public SettingsException(String problem) {
        this(List.of(problem));
    }

    /** The problems, one by one. */
    public List<String> problems() {
        return problems;
    }
}
