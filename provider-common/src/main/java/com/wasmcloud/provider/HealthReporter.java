package com.wasmcloud.provider;

/** A session that knows whether its backend works; a session that does not implement this counts as healthy. */
@FunctionalInterface
public interface HealthReporter {
    /** The state right now, from memory: called by many threads, must return at once. */
    Health health();
}
