package com.wasmcloud.provider;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a generation of the protocol has for a provider that no host starts. Thread-safe. */
public interface Standalone {
    /**
     * Asks the running provider that host data describes how it is. Takes some seconds at the most.
     *
     * @param natsCaFile certificate authorities of the NATS server, in PEM
     * @throws IOException when it cannot be asked; the message says why
     * @throws IllegalArgumentException when the host data cannot be used
     */
    Health health(Map<String, @Nullable Object> hostData, Optional<Path> natsCaFile)
            throws IOException, InterruptedException;

    /** The options of {@link #hostData}, a line each, for people. */
    String options();

    /**
     * Makes host data.
     *
     * @param options what was given on the command line
     * @throws IOException when a file cannot be read or written
     * @throws IllegalArgumentException when an option is wrong; the message says which and why
     */
    NewHostData hostData(List<String> options) throws IOException;

    /**
     * Host data that was made.
     *
     * @param line what a host would write; secret
     * @param summary what is in it, in one sentence without secrets
     */
    record NewHostData(String line, String summary) {
        /** Without the secrets. */
        @Override
        public String toString() {
            return summary;
        }
    }
}
