package com.wasmcloud.benchmarks.candidate;

import java.io.IOException;
import java.time.Duration;

/** Callers that each make one call after the other, without a pause between them. Used by one thread at a time. */
public interface Load extends AutoCloseable {
    /**
     * Calls until the time is up, then waits for what is in flight.
     *
     * @throws IllegalStateException when a call fails: a failure that answers fast must not look like speed
     */
    Sample run(int callers, Duration duration) throws IOException, InterruptedException;

    @Override
    void close() throws IOException, InterruptedException;
}
