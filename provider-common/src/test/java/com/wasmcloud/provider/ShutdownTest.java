package com.wasmcloud.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.provider.settings.Sources;
import com.wasmcloud.provider.support.Budget;
import com.wasmcloud.provider.telemetry.Telemetry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class ShutdownTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final List<String> events = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> drained = new CompletableFuture<>();
    private final Load load = new Load(1000);
    private final LinksThread thread = new LinksThread();
    private final ExecutorService workers = Executors.newSingleThreadExecutor();

    /** Notes what the provider does to it. */
    private final class Recorder implements Membership {
        @Override
        public void join() {}

        @Override
        public Optional<String> problem() {
            return Optional.empty();
        }

        @Override
        public void drain(Duration patience) {
            events.add("takes no more calls");
            drained.complete(null);
        }

        @Override
        public void flush() {
            events.add("flushed");
        }

        @Override
        public void close() {
            events.add("disconnected");
        }
    }

    private Shutdown shutdown(CompletableFuture<Void> closing) {
        Link.Shared shared =
                new Link.Shared(Sources.ofLink(Map.of()), false, new Budget(10), new Budget(1000), Telemetry.NOTHING);
        LinkTable<AutoCloseable> links = new LinkTable<>(
                (key, contract, values, farSide) -> new Link(key, contract, values, farSide, shared),
                link -> () -> {
                    closing.join();
                    events.add("link closed");
                },
                2,
                thread);
        links.put(new LinkKey("M1", "default", "c:d"), "c:d", Map.of(), LinkTableTest.NOBODY);
        return new Shutdown("echo", new Recorder(), links, thread, load, workers, Telemetry.NOTHING);
    }

    @Test
    void acknowledgesWhenCallsHaveEndedAndLinksAreClosed() {
        Shutdown shutdown = shutdown(CompletableFuture.completedFuture(null));
        load.enter(1);
        CompletableFuture<Void> stop =
                CompletableFuture.runAsync(() -> shutdown.run(LONG, () -> events.add("acknowledged")));
        drained.join();
        events.add("call ended");
        load.leave(1);
        stop.join();

        assertThat(events)
                .containsExactly(
                        "takes no more calls", "call ended", "link closed", "acknowledged", "flushed", "disconnected");
    }

    @Test
    void acknowledgesAlthoughCallsDoNotEndAndLinksDoNotClose() {
        CompletableFuture<Void> never = new CompletableFuture<>();
        load.enter(1);

        shutdown(never).run(Duration.ZERO, () -> events.add("acknowledged"));

        assertThat(events).containsExactly("takes no more calls", "acknowledged", "flushed", "disconnected");
        never.complete(null);
    }

    @Test
    void comesOnce() {
        Shutdown shutdown = shutdown(CompletableFuture.completedFuture(null));
        shutdown.run(LONG, () -> events.add("acknowledged"));
        shutdown.run(LONG, () -> events.add("acknowledged again"));

        assertThat(events).contains("acknowledged").doesNotContain("acknowledged again");
    }
}
