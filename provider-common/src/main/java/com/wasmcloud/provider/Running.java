package com.wasmcloud.provider;

import com.wasmcloud.provider.settings.Sources;
import com.wasmcloud.provider.support.Budget;
import com.wasmcloud.provider.support.Threads;
import com.wasmcloud.provider.telemetry.Telemetry;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A provider that has been started: its parts, put together. {@link #stop} ends it.
 *
 * <p>Thread-safe.
 */
public final class Running implements AutoCloseable {
    private final LinkTable<?> links;
    private final Membership membership;
    private final Shutdown shutdown;

    private <S extends AutoCloseable> Running(String name, Lattice<S> lattice) {
        Host host = lattice.host();
        Sources configuration = host.configuration();
        RuntimeSettings settings = RuntimeSettings.of(configuration);
        Telemetry telemetry = Reports.start(host, name, settings.telemetry());
        Link.Shared shared = new Link.Shared(
                configuration.without("provider."),
                host.structuredLogging(),
                new Budget(settings.maxCalls()),
                new Budget(settings.memory()),
                telemetry);
        LinksThread linksThread = new LinksThread();
        LinkTable<S> table = new LinkTable<>(
                (key, contract, values, farSide) -> new Link(key, contract, values, farSide, shared),
                lattice.handler(),
                settings.maxCallsPerLink(),
                linksThread);
        Load load = new Load(settings.maxCallBytes());
        ThreadPoolExecutor workers = workers();
        Calls<S> calls = new Calls<>(table, load, shared, lattice.operations());
        Reports.numbers(telemetry, new Reports.Parts(table, load, workers.getQueue()));
        links = table;
        Node<S> node = new Node<>(
                name,
                settings.natsCaFile(),
                settings.largestPayload(),
                table,
                calls,
                workers,
                telemetry,
                this::health,
                this::stopForHost);
        try {
            membership = lattice.member(node);
        } catch (RuntimeException e) {
            linksThread.shutdownNow();
            workers.shutdownNow();
            telemetry.close(Duration.ZERO);
            throw e;
        }
        shutdown = new Shutdown(name, membership, table, linksThread, load, workers, telemetry);
    }

    private static ThreadPoolExecutor workers() {
        int threads = Math.max(2, Runtime.getRuntime().availableProcessors());
        ThreadPoolExecutor workers = new ThreadPoolExecutor(
                threads, threads, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Threads.daemons("calls"));
        workers.prestartAllCoreThreads(); // what is there cannot be missing when no thread can be made
        return workers;
    }

    /**
     * Starts a provider: joins the lattice. When this returns, calls are being served.
     *
     * @throws IOException when NATS refuses us
     * @throws IllegalArgumentException when the host data cannot be used; the message says what is wrong
     * @throws com.wasmcloud.provider.settings.SettingsException when the provider configuration cannot be used
     */
    static Running start(String name, Lattice<?> lattice) throws IOException, InterruptedException {
        Running running = new Running(name, lattice);
        try {
            running.membership.join();
        } catch (IOException | InterruptedException | RuntimeException e) {
            running.shutdown.giveUp();
            throw e;
        }
        return running;
    }

    /** The state of all links, and of the connection to the lattice. */
    public Health health() {
        Health health = links.health();
        return membership
                .problem()
                .map(problem -> Health.unhealthy(health.healthy() ? problem : problem + "; " + health.reason()))
                .orElse(health);
    }

    private void stopForHost(Runnable acknowledge) {
        shutdown.forHost(acknowledge);
    }

    /**
     * Ends the provider: takes no more calls, waits for those in flight, closes every link, and disconnects.
     *
     * @param patience how long to wait for calls in flight
     */
    public void stop(Duration patience) {
        shutdown.run(patience, () -> {});
    }

    /** Waits until the provider has stopped serving, for whatever reason, and the host knows. */
    public void awaitStop() throws InterruptedException {
        shutdown.await();
    }

    /** Has {@link #awaitStop} return although nothing has stopped. */
    void wake() {
        shutdown.wake();
    }

    /** Sends the replies that can still be sent, within a short time, when there is no memory for anything else. */
    void lastReplies(Duration patience) throws InterruptedException {
        shutdown.lastReplies(patience);
    }

    /** Stops with a second's patience. */
    @Override
    public void close() {
        stop(Duration.ofSeconds(1));
    }
}
