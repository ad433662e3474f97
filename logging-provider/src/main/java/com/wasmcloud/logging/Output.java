package com.wasmcloud.logging;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Where entries end up. Used by one thread, which it may block.
 *
 * @param <E> an entry in the output's own form
 */
interface Output<E> extends AutoCloseable {
    /** Makes ready what is not; asked every second while there is trouble. */
    void open() throws IOException;

    /**
     * Writes entries from the first one on. Those that it counts are on the target when it returns.
     *
     * @return how many; at least one
     * @throws RefusedException when the target will never take these entries
     * @throws IOException with the reason as a text for people, when none could be written and trying again may help
     */
    int write(List<E> entries) throws IOException;

    /** What does not work although entries are written. */
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
