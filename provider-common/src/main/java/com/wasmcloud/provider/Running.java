package com.wasmcloud.provider;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.Encoding;
import com.wasmcloud.nats.LatticeConnection;
import com.wasmcloud.nats.LatticeConnection.Message;
import com.wasmcloud.nats.NatsAccess;
import com.wasmcloud.provider.settings.Settings;
import com.wasmcloud.provider.settings.SettingsException;
import com.wasmcloud.provider.support.Json;
import com.wasmcloud.provider.support.Threads;
import com.wasmcloud.provider.telemetry.Telemetry;
import com.wasmcloud.wasmbus.Entity;
import com.wasmcloud.wasmbus.HealthCheckResponse;
import com.wasmcloud.wasmbus.HostData;
import com.wasmcloud.wasmbus.Invocation;
import com.wasmcloud.wasmbus.Invoker;
import com.wasmcloud.wasmbus.KeyPair;
import com.wasmcloud.wasmbus.LinkDefinition;
import com.wasmcloud.wasmbus.PayloadStore;
import com.wasmcloud.wasmbus.Subjects;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A provider that has been started: its connection, its links, and its answers to the host. {@link #stop} ends it.
 *
 * <p>Thread-safe.
 */
public final class Running implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Running.class);
    private static final String QUEUE_GROUP = "rpc";
    /**
     * A host kills the process 300 ms after its request to stop. Half of that is for what is in flight; the rest is for
     * closing links and for a machine that is busy.
     */
    private static final Duration CALLS_END_WITHIN = Duration.ofMillis(150);

    /** For what links tell those whom they cannot serve any more. */
    private static final Duration LAST_ANSWERS_WITHIN = Duration.ofMillis(30);

    private static final Duration LINKS_CLOSE_WITHIN = Duration.ofMillis(50);
    private static final Duration REPORTS_GET_AT_LEAST = Duration.ofMillis(30);
    private static final Duration REPORTS_SENT_WITHIN = Duration.ofSeconds(5);
    private static final Duration LINKS_OPEN_WITHIN = Duration.ofSeconds(2);
    private static final Duration MISSING_LINKS_CONFIRMED_AFTER = Duration.ofSeconds(5);
    /** Links that are still being opened need the processor more. */
    private static final Duration REHEARSED_AFTER = Duration.ofMillis(250);

    private final HostData host;
    private final String name;
    private final LatticeConnection connection;
    private final PayloadStore payloads;
    private final LinkTable<?> links;
    private final Telemetry telemetry;
    private final LinkSync sync;
    private final Load load;
    private final ExecutorService workers;
    private final ExecutorService linksThread;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final CountDownLatch stopped = new CountDownLatch(1);

    private <S extends AutoCloseable> Running(HostData host, Provider<S> provider, ExecutorService linksThread)
            throws IOException, InterruptedException {
        this.host = host;
        this.name = provider.name();
        this.linksThread = linksThread;
        KeyPair cluster = cluster(host);
        Settings configuration = Settings.json("the start-up configuration (config_json)", host.configJson());
        RuntimeSettings settings = configuration.only("provider.").read(RuntimeSettings::from);
        Subjects subjects = new Subjects(host.lattice());
        CompletableFuture<Invoker> invoker = new CompletableFuture<>();
        telemetry = Reports.start(host, provider, settings.telemetry());
        Link.Outbound outbound = Reports.called(Link.Outbound.over(invoker, host.rpcTimeout()), telemetry);
        Settings shared = configuration.without("provider.");
        LinkTable<S> table = new LinkTable<>(
                definition -> new Link(definition, shared, outbound, telemetry),
                provider.handler(),
                settings.maxCallsPerLink(),
                linksThread);
        links = table;
        // the backends are being reached while NATS is
        Future<?> opened = linksThread.submit(() -> host.links().forEach(links::put));
        try {
            connection = LatticeConnection.connect(
                    new NatsAccess(host.natsUrl(), host.userJwt(), host.userSeed(), settings.natsCaFile()),
                    name + " " + host.providerKey());
        } catch (IOException | RuntimeException | InterruptedException e) {
            linksThread.execute(links::closeAll);
            linksThread.shutdown();
            telemetry.close(Duration.ZERO);
            throw e;
        }
        payloads = new PayloadStore(connection, host.lattice(), host.jetStreamDomain(), settings.largestPayload());
        Invoker outgoing = new Invoker(connection, payloads, subjects, cluster, host.hostId());
        invoker.complete(outgoing);
        load = new Load(settings.maxCalls(), settings.maxCallBytes());
        BlockingQueue<Runnable> waiting = new LinkedBlockingQueue<>();
        int threads = Math.max(2, Runtime.getRuntime().availableProcessors());
        workers = new ThreadPoolExecutor(threads, threads, 0, TimeUnit.SECONDS, waiting, Threads.daemons("calls"));
        Reports.numbers(telemetry, new Reports.Parts(connection, payloads, links, load, waiting));
        sync = new LinkSync(
                host, provider.contractIds(), connection, links, linksThread, MISSING_LINKS_CONFIRMED_AFTER);
        await(opened);
        InvocationCheck check = new InvocationCheck(host);
        try {
            Responder responder = Reports.served(
                    new LinkResponder<>(provider.service(), check, table, payloads, load, workers),
                    provider.operations(),
                    telemetry);
            subscribe(subjects, new Dispatcher(responder, connection, payloads, load, workers));
        } catch (IOException e) {
            stop(Duration.ZERO);
            throw e;
        }
        CompletableFuture.delayedExecutor(REHEARSED_AFTER.toMillis(), TimeUnit.MILLISECONDS, workers)
                .execute(() -> rehearse(outgoing, check));
    }

    /**
     * Signs and checks a call that nobody gets, so that the first real one does not pay for loading what all need, the
     * signature library above all.
     */
    private void rehearse(Invoker outgoing, InvocationCheck check) {
        try {
            Entity provider = new Entity(host.providerKey(), host.linkName(), "");
            Invoker.Call call = new Invoker.Call(provider, provider, "", Bytes.EMPTY, host.rpcTimeout(), Map.of());
            Bytes message = Invocation.CODEC.encode(outgoing.sign(call), Encoding.MSGPACK);
            check.check(Invocation.CODEC.decode(message, Encoding.MSGPACK));
        } catch (RuntimeException e) {
            LOG.debug("the rehearsal of a call failed", e);
        }
    }

    /**
     * Starts a provider: connects, opens the links of the host data, subscribes, and asks the lattice for links it missed.
     * When this returns, calls are being served.
     *
     * @throws IOException when NATS refuses us
     * @throws IllegalArgumentException when the host data cannot be used; the message says what is wrong
     * @throws SettingsException when the start-up configuration cannot be used
     */
    static <S extends AutoCloseable> Running start(HostData host, Provider<S> provider)
            throws IOException, InterruptedException {
        return new Running(host, provider, Executors.newSingleThreadExecutor(Threads.daemons("links")));
    }

    private static KeyPair cluster(HostData host) {
        try {
            return KeyPair.fromSeed(host.invocationSeed());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the invocation_seed in the host data is unusable: " + e.getMessage(), e);
        }
    }

    private static void await(Future<?> opened) throws InterruptedException {
        try {
            opened.get(LINKS_OPEN_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.warn("opening links takes longer than {} s; serving without them", LINKS_OPEN_WITHIN.toSeconds());
        } catch (ExecutionException e) {
            LOG.error("cannot open the links of the host data", e.getCause());
        }
    }

    private void subscribe(Subjects subjects, Dispatcher dispatcher) throws IOException, InterruptedException {
        String provider = host.providerKey();
        String link = host.linkName();
        connection.subscribe(subjects.provider(provider, link), QUEUE_GROUP, dispatcher::accept);
        connection.subscribe(subjects.linkPut(provider, link), message -> onLink(message, true));
        connection.subscribe(subjects.linkDel(provider, link), message -> onLink(message, false));
        connection.subscribe(subjects.shutdown(provider, link), this::onShutdown);
        connection.subscribe(subjects.health(provider, link), this::onHealth);
        try {
            connection.flush();
        } catch (TimeoutException e) {
            throw new IOException("NATS did not confirm the subscriptions within 2 s", e);
        }
        connection.onReconnect(sync::start);
        sync.start();
        LOG.info("{} serves lattice {} as {} on link {}", name, host.lattice(), provider, link);
    }

    private void onLink(Message message, boolean put) {
        LinkDefinition definition;
        try {
            definition = LinkDefinition.decode(message.payload());
        } catch (RuntimeException e) {
            LOG.warn("ignoring a link message on {} that cannot be understood: {}", message.subject(), e.getMessage());
            return;
        }
        linksThread.execute(() -> {
            sync.changed(definition.actorId());
            if (put) {
                links.put(definition);
            } else {
                links.delete(definition.actorId());
            }
        });
    }

    private void onHealth(Message message) {
        String replyTo = message.replyTo();
        if (replyTo != null) {
            Health health = health();
            HealthCheckResponse response = new HealthCheckResponse(
                    health.healthy(), health.healthy() ? Optional.empty() : Optional.of(health.reason()));
            connection.publish(
                    replyTo, Map.of(), response.encodedFor(message.payload()).toByteArray());
        }
    }

    private void onShutdown(Message message) {
        String replyTo = message.replyTo();
        if (replyTo == null || !isForUs(message.payload())) {
            return;
        }
        LOG.info("the host asks {} to stop", name);
        Thread stopper = Threads.daemons("stop")
                .newThread(() -> stop(
                        CALLS_END_WITHIN,
                        () -> connection.publish(
                                replyTo, Map.of(), "shutting down".getBytes(StandardCharsets.US_ASCII))));
        stopper.start();
    }

    /** Old hosts name no host; every other request is for the host it names, and all providers of that key hear it. */
    private boolean isForUs(Bytes request) {
        String wanted = "";
        try {
            wanted = Json.text(Json.object(request), "host_id");
        } catch (IllegalArgumentException e) {
            LOG.debug("a request to stop names no host");
        }
        return wanted.isEmpty() || wanted.equals(host.hostId());
    }

    /** The state of all links. */
    public Health health() {
        return links.health();
    }

    /**
     * Ends the provider: takes no more calls, waits for those in flight, closes every link, and disconnects.
     *
     * @param patience how long to wait for calls in flight
     */
    public void stop(Duration patience) {
        stop(patience, () -> {});
    }

    private void stop(Duration patience, Runnable acknowledge) {
        if (!stopping.compareAndSet(false, true)) {
            return;
        }
        long begin = System.nanoTime();
        try {
            CompletableFuture<Void> drained = links.drain(patience);
            connection.drain(patience.plusMillis(1)); // the library takes 0 for no limit
            if (!load.awaitIdle(patience.minusNanos(System.nanoTime() - begin))) {
                LOG.warn("{} calls were still in flight when {} stopped", load.calls(), name);
            }
            await(drained, patience.plus(LAST_ANSWERS_WITHIN).minusNanos(System.nanoTime() - begin));
            linksThread.submit(links::closeAll).get(LINKS_CLOSE_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException e) {
            LOG.debug("links were still closing when {} stopped", name);
        } catch (ExecutionException | RejectedExecutionException | IllegalStateException e) {
            LOG.warn("not every link could be closed", e);
        }
        telemetry.close(patienceWithReports(patience.minusNanos(System.nanoTime() - begin)));
        acknowledge(acknowledge);
        stopped.countDown(); // a process may end now; what follows is for one that goes on
        payloads.close();
        workers.shutdownNow();
        linksThread.shutdownNow();
        disconnect();
    }

    /** Reports get what calls have left of the time, and a little more than none. */
    private static Duration patienceWithReports(Duration left) {
        Duration most = left.compareTo(REPORTS_SENT_WITHIN) > 0 ? REPORTS_SENT_WITHIN : left;
        return most.compareTo(REPORTS_GET_AT_LEAST) > 0 ? most : REPORTS_GET_AT_LEAST;
    }

    private void await(CompletableFuture<Void> drained, Duration patience) throws InterruptedException {
        try {
            drained.get(Math.max(0, patience.toNanos()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            LOG.warn("not everything that links had begun was done when {} stopped", name);
        } catch (ExecutionException e) {
            LOG.warn("a link could not finish what it had begun", e.getCause());
        }
    }

    private void acknowledge(Runnable acknowledgement) {
        try {
            acknowledgement.run();
            connection.flush();
        } catch (TimeoutException | IllegalStateException e) {
            LOG.debug("NATS was away at the end", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void disconnect() {
        try {
            connection.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until the provider has stopped serving, for whatever reason, and the host knows. */
    public void awaitStop() throws InterruptedException {
        stopped.await();
    }

    /** Stops with a second's patience. */
    @Override
    public void close() {
        stop(Duration.ofSeconds(1));
    }
}
