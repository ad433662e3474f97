package com.wasmcloud.provider;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** A process as a member of a lattice, from before it joins until after it has left. Thread-safe. */
public interface Membership extends AutoCloseable {
    /**
     * Joins: puts the links of the host data, connects, and subscribes. When this returns, calls are being served.
     *
     * @throws IOException when the lattice refuses us; one that is unavailable is waited for
     */
    void join() throws IOException, InterruptedException;

    /** What keeps the lattice from being reached, in one sentence; empty when nothing does. */
    Optional<String> problem();

    /** Takes no more calls; returns when those that have arrived are handed over, or after the patience. */
    void drain(Duration patience) throws InterruptedException;

    /** Waits until everything sent so far has left, for a short while. */
    void flush() throws InterruptedException;

    /** Leaves; one that never joined too. */
    @Override
    void close();
}
