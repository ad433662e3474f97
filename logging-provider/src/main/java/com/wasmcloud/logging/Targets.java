package com.wasmcloud.logging;

import com.wasmcloud.provider.Health;
import java.io.FileDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * The outputs of a process, each with one thread that writes to it, however many links use it. Thread-safe.
 *
 * <p>What is settled for an output as a whole is settled by the link that opens it, but for the rotation of a file, where
 * the latest link counts.
 */
final class Targets {
    /** Roughly what a line takes in memory beside its text. */
    private static final int OVERHEAD = 200;

    private final Map<Object, Shared<?>> open = new HashMap<>();

    /** An output and how many links use it. */
    private static final class Shared<E> {
        private final Output<E> output;
        private final Delivery<E> delivery;
        private int users;

        private Shared(Output<E> output, Delivery<E> delivery) {
            this.output = output;
            this.delivery = delivery;
        }
    }

    /** Opens the target of a link, which closes it. */
    Target open(LoggingSettings settings) {
        Destination destination = settings.destination();
        if (destination instanceof Destination.Collector collector) {
            // only here are the classes of OpenTelemetry loaded
            return target(collector, () -> CollectorOutput.of(collector), new RecordForm(settings.service()), settings);
        }
        if (destination instanceof Destination.File file) {
            return target(
                    real(file.path()),
                    () -> new FileOutput(file, InstantSource.system()),
                    settings.format()::bytes,
                    settings);
        }
        return target(
                destination, () -> StandardErrorOutput.open(FileDescriptor.err), settings.format()::bytes, settings);
    }

    /** The same for all names of a file; symbolic links of its folder are followed, the file itself may not be there yet. */
    private static Path real(Path path) {
        try {
            return Files.exists(path)
                    ? path.toRealPath()
                    : path.resolveSibling(".").toRealPath().resolve(path.getFileName());
        } catch (IOException e) {
            return path;
        }
    }

    private interface Opening<E> {
        Output<E> open();
    }

    /** @param key what links must have in common to share an output */
    @SuppressWarnings("unchecked") // outputs with one key are of one kind
    private synchronized <E> Target target(
            Object key, Opening<E> opening, Function<LogLine, E> form, LoggingSettings settings) {
        Shared<E> shared = (Shared<E>) open.get(key);
        if (shared == null || !shared.delivery.reopen()) {
            Output<E> output = opening.open();
            Delivery<E> delivery = new Delivery<>(
                    settings.destination().toString(),
                    output,
                    settings.bounds(),
                    sentence -> form.apply(LogLine.ours(Instant.now(), sentence)),
                    () -> forget(key, output));
            shared = new Shared<>(output, delivery);
            open.put(key, shared);
            delivery.start();
        }
        if (shared.output instanceof FileOutput output && settings.destination() instanceof Destination.File file) {
            output.use(file);
        }
        shared.users++;
        return new Lines<>(form, shared);
    }

    private synchronized void release(Shared<?> shared) {
        shared.users--;
        if (shared.users == 0) {
            shared.delivery.close();
        }
    }

    private synchronized void forget(Object key, Output<?> output) {
        Shared<?> shared = open.get(key);
        if (shared != null && shared.output == output) {
            open.remove(key);
        }
    }

    /** The lines of one link. */
    private final class Lines<E> implements Target {
        private final Function<LogLine, E> form;
        private final Shared<E> shared;

        Lines(Function<LogLine, E> form, Shared<E> shared) {
            this.form = form;
            this.shared = shared;
        }

        @Override
        public CompletionStage<Void> write(LogLine line) {
            return shared.delivery.offer(
                    form.apply(line), OVERHEAD + line.text().length());
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
