package com.wasmcloud.logging;

import com.wasmcloud.provider.support.Background;
import com.wasmcloud.provider.support.Budget;
import com.wasmcloud.provider.support.Shared;
import com.wasmcloud.provider.support.Threads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The outputs of a process, each with one thread that writes to it, however many links use it. Thread-safe.
 *
 * <p>The limits of a file are those of the latest link that uses it.
 */
final class Targets {
    /** A disk that hangs must not hold up the links that come after. */
    private static final long NAME_RESOLVED_WITHIN_MILLIS = 500;

    private final Background background = new Background("logging");
    private final Shared<Key, Delivery> deliveries = new Shared<>(new Shared.Life<>() {
        @Override
        public Delivery begin(Key key, @Nullable Delivery ending) {
            return ending != null && ending.reopen() ? ending : started(key.destination);
        }

        @Override
        public CompletionStage<?> end(Delivery delivery) {
            return delivery.close();
        }
    });

    /** A destination, equal to those that are the same by another name. */
    private static final class Key {
        private final Destination destination;
        private final Destination identity;

        Key(Destination destination, Destination identity) {
            this.destination = destination;
            this.identity = identity;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key && key.identity.equals(identity);
        }

        @Override
        public int hashCode() {
            return identity.hashCode();
        }
    }

    /**
     * Opens the target of a link, which closes it.
     *
     * @param memory where the lines of the link are counted
     */
    Target open(LoggingSettings settings, Budget.Share memory) {
        Destination destination = settings.destination();
        Shared.Use<Delivery> use = deliveries.use(new Key(destination, identity(destination)));
        use.value().use(settings.limits());
        return new Target(use, new LinkQueue(settings.style(), settings.bounds(), memory));
    }

    private Delivery started(Destination destination) {
        String name = destination.toString();
        Delivery delivery = new Delivery(
                name, destination.output(), Delivery.Timing.NORMAL, Threads.daemons("log-" + name), background);
        delivery.start();
        return delivery;
    }

    private Destination identity(Destination destination) {
        if (!(destination instanceof Destination.File file)) {
            return destination;
        }
        return CompletableFuture.supplyAsync(() -> real(file), background.executor())
                .completeOnTimeout(file, NAME_RESOLVED_WITHIN_MILLIS, TimeUnit.MILLISECONDS)
                .join();
    }

    /** The same for all names of a file: symbolic links of its folder are followed, the file itself may not be there yet. */
    private static Destination.File real(Destination.File file) {
        Path path = file.path();
        try {
            return new Destination.File(
                    Files.exists(path)
                            ? path.toRealPath()
                            : path.resolveSibling(".").toRealPath().resolve(path.getFileName()));
        } catch (IOException e) {
            return file;
        }
    }
}
