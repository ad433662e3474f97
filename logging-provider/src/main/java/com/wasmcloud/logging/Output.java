package com.wasmcloud.logging;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Where lines end up. Used by one thread, which it may block, but for {@link #use} and {@link #warning}. */
interface Output extends AutoCloseable {
    /** Makes ready what is not; called every second while there is trouble. */
    void open() throws IOException;

    /**
     * Writes entries from the first one on. Those that it counts are on the target when it returns.
     *
     * @return how many; at least one
     * @throws RefusedException when the target will never take these entries
     * @throws IOException with the reason as a text for people, when none could be written and trying again may help
     */
    int write(List<Entry> entries) throws IOException;

    /** Changes the limits of the file, for an output that is one. Any thread. */
    default void use(FileLimits limits) {}

    /** What does not work although entries are written. Any thread. */
    default Optional<String> warning() {
        return Optional.empty();
    }

    @Override
    void close();

    /** The target has seen the entries and does not want them, now or later. */
    final class RefusedException extends IOException {
        private static final long serialVersionUID = 1L;

        RefusedException(String reason) {
            super(reason);
        }
    }
}
