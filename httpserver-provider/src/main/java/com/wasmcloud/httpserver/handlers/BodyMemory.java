package com.wasmcloud.httpserver.handlers;

import com.wasmcloud.provider.support.Budget;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * Memory for the bodies of a link's requests and answers. It is taken from the link's share of all memory, and within that
 * from its share of what bodies may have: a body exists more than once for a moment, as it came and as the message that it
 * travels in.
 *
 * <p>Thread-safe.
 */
public final class BodyMemory implements AutoCloseable {
    private final Budget.Share bodies;
    private final Budget.Share link;

    /**
     * @param bodies closed with this
     * @param link of all that waits for the link
     */
    public BodyMemory(Budget.Share bodies, Budget.Share link) {
        this.bodies = bodies;
        this.link = link;
    }

    /** Takes bytes, which must be given back; or nothing, and says false, when there is no room for them. */
    boolean tryTake(long bytes) {
        if (!bodies.tryTake(bytes)) {
            return false;
        }
        if (!link.tryTake(bytes)) {
            bodies.give(bytes);
            return false;
        }
        return true;
    }

    /** Takes bytes, which must be given back, or waits in line for them; fails when that takes too long. */
    CompletionStage<?> take(long bytes, Duration patience) {
        return bodies.take(bytes, patience)
                .thenCompose(lease -> link.take(bytes, patience).whenComplete((taken, failure) -> {
                    if (failure != null) {
                        lease.close();
                    }
                }));
    }

    void give(long bytes) {
        link.give(bytes);
        bodies.give(bytes);
    }

    @Override
    public void close() {
        bodies.close();
    }
}
