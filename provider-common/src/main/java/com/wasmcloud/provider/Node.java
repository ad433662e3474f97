package com.wasmcloud.provider;

import com.wasmcloud.provider.telemetry.Telemetry;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What a generation of the protocol finds in the process that joins a lattice by it.
 *
 * @param name of the provider
 * @param natsCaFile certificate authorities of the NATS server, in PEM
 * @param largestPayload the most bytes of one argument or result
 * @param links where links go
 * @param calls where calls go
 * @param workers runs what is too long for the thread that delivers messages; must not be blocked
 * @param telemetry takes what is reported
 * @param health the state of all links
 * @param stop ends the provider within the time that hosts give, in the background, and runs what acknowledges that
 * @param <S> the session opened for each link
 */
public record Node<S extends AutoCloseable>(
        String name,
        Optional<Path> natsCaFile,
        long largestPayload,
        Links links,
        Calls<S> calls,
        ExecutorService workers,
        Telemetry telemetry,
        Supplier<Health> health,
        Consumer<Runnable> stop) {}
