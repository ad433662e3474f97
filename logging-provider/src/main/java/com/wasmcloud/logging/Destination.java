package com.wasmcloud.logging;

import com.wasmcloud.provider.settings.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** Where the lines of a link go, as its settings say. An immutable value. */
sealed interface Destination {
    /** The process's own standard error. */
    record StandardError() implements Destination {
        @Override
        public String toString() {
            return "standard error";
        }
    }

    /**
     * A file, and when it makes room for a new one.
     *
     * @param path absolute; older files have {@code .1}, {@code .2} and so on behind it
     * @param rotateBytes size that it does not exceed, 0 for any
     * @param rotateEvery the file has lines of one such period of time (in UTC) only, zero for no such limit
     * @param keep how many older files stay
     * @param fsync whether lines are on the disk, and not only with the operating system, before a call is answered
     */
    record File(Path path, long rotateBytes, Duration rotateEvery, int keep, boolean fsync) implements Destination {
        @Override
        public String toString() {
            return path.toString();
        }
    }

    /**
     * A collector of OpenTelemetry, spoken to with OTLP over HTTP.
     *
     * @param headers sent with each request, {@code name=value,name=value}; may be empty
     * @param timeout for one request
     */
    record Collector(URI endpoint, Secret headers, Duration timeout) implements Destination {
        @Override
        public String toString() {
            return endpoint.toString();
        }
    }
}
