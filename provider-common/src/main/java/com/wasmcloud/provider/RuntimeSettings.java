package com.wasmcloud.provider;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Settings that every provider has, in the object {@code provider} of its start-up configuration.
 *
 * @param maxCalls calls in flight in the whole process
 * @param maxCallsPerLink calls in flight of one actor
 * @param maxCallBytes bytes of arguments in flight in the whole process
 * @param largestPayload the most bytes of one argument or result that comes through the object store
 * @param natsCaFile certificate authorities of the NATS server, in PEM
 */
record RuntimeSettings(
        int maxCalls, int maxCallsPerLink, int maxCallBytes, int largestPayload, Optional<Path> natsCaFile) {
    /** What is fetched is in memory twice while it is put together, and others want their share. */
    private static int quarterOfHeap() {
        return (int) Math.max(
                1024 * 1024, Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / 4));
    }

    static RuntimeSettings from(Settings settings) {
        return new RuntimeSettings(
                settings.number("provider.max_calls", 1024, 1, 1_000_000),
                settings.number("provider.max_calls_per_link", 1024, 1, 1_000_000),
                settings.number("provider.max_call_bytes", 64 * 1024 * 1024, 1024 * 1024, Integer.MAX_VALUE),
                settings.number("provider.largest_payload_bytes", quarterOfHeap(), 1024 * 1024, Integer.MAX_VALUE),
                settings.file("provider.nats_ca_file"));
    }
}
