package com.wasmcloud.provider.settings;

import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was read of a link's settings, and can be read again while the link is there: the file that a setting points to may
 * hold a newer secret by then. Thread-safe.
 *
 * @param <T> a value; the same content has to be equal
 */
public final class Refreshable<T> {
    private static final Logger LOG = LoggerFactory.getLogger(Refreshable.class);

    private final String what;
    private final Supplier<T> source;
    private volatile T value;
    private String problem = "";

    /**
     * Begins with what the settings hold now.
     *
     * @param what for the log, as in {@code the credentials for Redis at example.com:6379}
     * @param source reads it anew; throws {@link SettingsException} when it cannot be read
     */
    public Refreshable(String what, T now, Supplier<T> source) {
        this.what = what;
        this.source = source;
        this.value = now;
    }

    /** What was read last. */
    public T value() {
        return value;
    }

    /** Reads it again; true when it is another one now. What cannot be read is logged and stays as it was. May block. */
    public synchronized boolean refresh() {
        T now;
        try {
            now = source.get();
            problem = "";
        } catch (SettingsException e) {
            if (!problem.equals(e.getMessage())) {
                problem = String.valueOf(e.getMessage());
                LOG.warn("cannot read {} again: {}", what, problem);
            }
            return false;
        }
        if (now.equals(value)) {
            return false;
        }
        value = now;
        LOG.info("{} were refused; trying those that the settings hold now", what);
        return true;
    }
}
