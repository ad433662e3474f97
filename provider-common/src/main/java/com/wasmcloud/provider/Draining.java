package com.wasmcloud.provider;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * A session that begins calls on its own, such as one that listens on a port: a provider that stops lets it finish them. The
 * calls of actors need no such thing; the library knows of those.
 */
@FunctionalInterface
public interface Draining {
    /**
     * Begins nothing new from now on, and completes when all that has begun is done. Called before the session is closed
     * because the provider stops, with the lattice still there; must return at once.
     *
     * @param patience how long what has begun may go on; whoever waits for what is not done by then gets an answer that
     *     says so
     */
    CompletionStage<?> drain(Duration patience);
}
