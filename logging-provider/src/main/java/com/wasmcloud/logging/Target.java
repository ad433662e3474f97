package com.wasmcloud.logging;

import com.wasmcloud.provider.Health;
import com.wasmcloud.provider.support.Shared;
import java.util.concurrent.CompletionStage;

/** Where the lines of one link go; what is behind it may be shared with other links. Thread-safe; never blocks. */
final class Target implements AutoCloseable {
    private final Shared.Use<Delivery> delivery;
    private final LinkQueue queue;

    /** @param delivery closed with this */
    Target(Shared.Use<Delivery> delivery, LinkQueue queue) {
        this.delivery = delivery;
        this.queue = queue;
    }

    /** Completes when the line is there; see {@link Delivery#offer}. */
    CompletionStage<Void> write(LogLine line) {
        return delivery.value().offer(queue, line);
    }

    /** Completes when all lines taken so far are there. */
    CompletionStage<Void> flush() {
        return delivery.value().flush(queue);
    }

    /** Whether lines get there. */
    Health health() {
        return delivery.value().health(queue);
    }

    /** Lets go of what is behind it; lines that were taken are still written. */
    @Override
    public void close() {
        delivery.close();
    }
}
