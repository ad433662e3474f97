package com.wasmcloud.logging;

import com.wasmcloud.provider.settings.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/** Where the lines of a link go, as its settings say. An immutable value; links with equal ones share an output. */
sealed interface Destination {
    /** Makes the output, which is not opened yet and belongs to the caller. */
    Output output();

    /** The process's own standard error. */
    record StandardError() implements Destination {
        @Override
        public Output output() {
            return StandardErrorOutput.ofProcess();
        }

        @Override
        public String toString() {
            return "standard error";
        }
    }

    /**
     * A file.
     *
     * @param path absolute; older files have {@code .1}, {@code .2} and so on behind it
     */
    record File(Path path) implements Destination {
        @Override
        public Output output() {
            return new FileOutput(path, InstantSource.system(), FileOutput.Opening.REAL);
        }

        @Override
        public String toString() {
            return path.toString();
        }
    }

    /**
     * An OpenTelemetry collector, spoken to with OTLP over HTTP. No class of OpenTelemetry is loaded before its output is
     * made.
     *
     * @param headers sent with each request, {@code name=value,name=value}; may be empty
     * @param timeout for one request
     */
    record Collector(URI endpoint, Secret headers, Duration timeout) implements Destination {
        @Override
        public Output output() {
            return CollectorOutput.of(endpoint, headers, timeout);
        }

        @Override
        public String toString() {
            return endpoint.toString();
        }
    }
}
