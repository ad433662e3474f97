package com.wasmcloud.logging;

import com.wasmcloud.provider.Health;
import java.util.concurrent.CompletionStage;

/** Where the lines of one link go; what is behind it may be shared with other links. Thread-safe; never blocks. */
interface Target extends AutoCloseable {
    /** Completes when the line is there; see {@link Delivery#offer}. */
    CompletionStage<Void> write(LogLine line);

    /** Completes when all lines taken so far are there. */
    CompletionStage<Void> flush();

    /** Whether lines get there. */
    Health health();

    /** Lets go of what is behind it; lines that were taken are still written. */
    @Override
    void close();
}
