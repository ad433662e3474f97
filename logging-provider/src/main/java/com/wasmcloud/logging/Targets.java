package com.wasmcloud.logging;

import com.wasmcloud.provider.Health;
import java.io.FileDescriptor;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * The outputs of a process, each with one thread that writes to it, however many links use it. Thread-safe.
 *
 * <p>What is settled for an output as a whole is settled by the link that opens it, but for the rotation of a file, where
 * the latest link counts.
 */
final class Targets {
    private static final String STANDARD_ERROR = "standard error";

    private final Map<String, Shared> open = new HashMap<>();

    /** An output and how many links use it. */
    private static final class Shared {
        private final Output<byte[]> output;
        private final Delivery<byte[]> delivery;
        private int users;

        private Shared(Output<byte[]> output, Delivery<byte[]> delivery) {
            this.output = output;
            this.delivery = delivery;
        }
    }

    /** Opens the target of a link, which closes it. */
    synchronized Target open(LoggingSettings settings) {
        String name = settings.file().map(file -> file.path().toString()).orElse(STANDARD_ERROR);
        Shared shared = open.get(name);
        if (shared == null || !shared.delivery.reopen()) {
            shared = opened(name, settings);
            open.put(name, shared);
        }
        if (shared.output instanceof FileOutput file) {
            settings.file().ifPresent(file::use);
        }
        shared.users++;
        return new Lines(settings.format(), shared);
    }

    private Shared opened(String name, LoggingSettings settings) {
        Output<byte[]> output = settings.file()
                .<Output<byte[]>>map(file -> new FileOutput(file, InstantSource.system()))
                .orElseGet(() -> StandardErrorOutput.open(FileDescriptor.err));
        Delivery<byte[]> delivery = new Delivery<>(
                name,
                output,
                settings.bounds(),
                sentence -> settings.format().bytes(LogLine.ours(Instant.now(), sentence)),
                () -> forget(name, output));
        delivery.start();
        return new Shared(output, delivery);
    }

    private synchronized void release(Shared shared) {
        shared.users--;
        if (shared.users == 0) {
            shared.delivery.close();
        }
    }

    private synchronized void forget(String name, Output<?> output) {
        Shared shared = open.get(name);
        if (shared != null && shared.output == output) {
            open.remove(name);
        }
    }

    /** Lines for standard error or a file. */
    private final class Lines implements Target {
        private final LineFormat format;
        private final Shared shared;

        Lines(LineFormat format, Shared shared) {
            this.format = format;
            this.shared = shared;
        }

        @Override
        public CompletionStage<Void> write(LogLine line) {
            byte[] bytes = format.bytes(line);
            return shared.delivery.offer(bytes, bytes.length);
        }

        @Override
        public CompletionStage<Void> flush() {
            return shared.delivery.flush();
        }

        @Override
        public Health health() {
            return shared.delivery.health();
        }

        @Override
        public void close() {
            release(shared);
        }
    }
}
