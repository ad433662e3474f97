package com.wasmcloud.nats;

import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.provider.support.Causes;
import com.wasmcloud.provider.support.Threads;
import io.nats.client.AuthenticationException;
import io.nats.client.Connection;
import io.nats.client.NUID;
import java.io.IOException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection to NATS that never gives up: whatever ends it, it is made again, and its subscriptions survive that.
 *
 * <p>Thread-safe. Messages of queue subscriptions are delivered on one thread and those of plain ones on another, in
 * order: a handler must not block, or what comes after it waits. It owns its threads; {@link #close} ends them.
 */
public final class NatsConnection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NatsConnection.class);
    private static final Duration FLUSH_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration PUBLISHED_WITHIN = Duration.ofSeconds(2);

    private final NatsAccess access;
    private final Reconnection reconnection;
    private final Subscriptions subscriptions = new Subscriptions();
    private final Outbox outbox = new Outbox(this::isFlushed);
    private final Requests requests;
    private final List<Runnable> onReconnect = new CopyOnWriteArrayList<>();
    /** Unlike the timer of {@link CompletableFuture}, its thread does not wake up for each request that is made. */
    private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1, Threads.daemons("timeouts"));

    private volatile @Nullable Connection nats;

    /**
     * Connects to nothing yet: until {@link #connect} has succeeded, nothing can be sent.
     *
     * @param name what this client is called in the server's lists
     */
    public NatsConnection(NatsAccess access, String name) {
        this.access = access;
        clock.setRemoveOnCancelPolicy(true);
        clock.prestartCoreThread(); // a thread that is there cannot be missing when memory or process ids are short
        requests = new Requests(this::connected, this::isUsable, outbox, clock);
        reconnection = new Reconnection(access, name, subscriptions, this::joined, clock);
    }

    /** A connection that has been made; see {@link #connect}. */
    public static NatsConnection connect(NatsAccess access, String name) throws IOException, InterruptedException {
        NatsConnection connection = new NatsConnection(access, name);
        try {
            connection.connect();
        } catch (IOException | InterruptedException | RuntimeException e) {
            connection.close();
            throw e;
        }
        return connection;
    }

    /**
     * Connects, waiting for a server that is not there yet for as long as it takes.
     *
     * @throws IOException when the server refuses us; the message says what to do
     */
    public void connect() throws IOException, InterruptedException {
        for (boolean first = true; ; first = false) {
            try {
                reconnection.join();
                return;
            } catch (AuthenticationException e) {
                throw new IOException(
                        "NATS at " + access.shownUrl() + " refused the credentials in the host data ("
                                + ServerNames.shown(e) + "); check the lattice's user token and seed",
                        e);
            } catch (IOException e) {
                Throwable why = reconnection.events().latest().orElse(e);
                if (why instanceof CertificateException || why instanceof CertPathBuilderException) {
                    throw new IOException(
                            "cannot trust NATS at " + access.shownUrl() + ": " + ServerNames.shown(why)
                                    + "; name its certificate authority in the setting provider.nats_ca_file",
                            e);
                }
                if (first) {
                    LOG.warn(
                            "cannot reach NATS at {}: {}; trying until it answers",
                            access.shownUrl(),
                            ServerNames.shown(why));
                }
                Thread.sleep(ClientOptions.RECONNECT_WAIT.toMillis()
                        + ThreadLocalRandom.current().nextLong(ClientOptions.RECONNECT_JITTER.toMillis()));
            }
        }
    }

    private void joined(Connection connection, boolean again) {
        nats = connection;
        if (again) {
            onReconnect.forEach(Runnable::run);
        }
    }

    /** Runs something after each reconnect, when the subscriptions are there again; it must not block. */
    public void onReconnect(Runnable action) {
        onReconnect.add(action);
    }

    /** Hears every message on a subject, which has no wildcards; the last handler of a subject counts. */
    public void subscribe(String subject, Consumer<Message> handler) {
        subscriptions.add(subject, handler);
    }

    /** Shares the messages on a subject, which has no wildcards, with all members of a queue group. */
    public void subscribe(String subject, String queueGroup, Consumer<Message> handler) {
        subscriptions.add(subject, queueGroup, handler);
    }

    /** Ends a queue subscription at once; what has not been handed over is lost. */
    public void unsubscribe(String subject) {
        subscriptions.remove(subject);
    }

    /**
     * Ends all subscriptions: plain ones at once, those of queue groups after what has been delivered is handed over, so
     * that no call is lost. Waits for that.
     *
     * @param patience how long to wait
     * @return whether everything was handed over in time
     */
    public boolean drain(Duration patience) throws InterruptedException {
        return isConnected()
                && subscriptions.drain(patience); // when it is unavailable, nothing arrives and nobody can be told
    }

    /**
     * Sends a message as soon as the client takes it: at once, unless the server takes messages more slowly than they come.
     * Nothing is known of its arrival.
     *
     * @param patience how long to wait
     * @return null when it is sent, or what completes then; fails with {@link RpcException}, code OVERLOADED when that takes
     *     too long
     * @throws IllegalArgumentException when it is larger than the server takes
     * @throws RpcException with code UNREACHABLE when this is closed or was never connected
     */
    public @Nullable CompletionStage<?> send(String subject, byte[] payload, Duration patience) {
        if (!outbox.takeRoom(payload.length)) {
            return outbox.room(payload.length, patience).thenCompose(room -> persist(subject, payload, patience));
        }
        return isTaken(subject, payload) ? null : persist(subject, payload, patience);
    }

    /** The same for what may be lost: it is dropped, and logged, when the client does not take it within two seconds. */
    public void publish(String subject, byte[] payload) {
        CompletionStage<?> sent = send(subject, payload, PUBLISHED_WITHIN);
        if (sent != null) {
            CompletionStage<?> unused = sent.whenComplete((done, failure) -> {
                if (failure != null) {
                    LOG.warn(
                            "a message to {} is lost: {}",
                            subject,
                            Causes.unwrap(failure).getMessage());
                }
            });
        }
    }

    private CompletionStage<?> persist(String subject, byte[] payload, Duration patience) {
        return outbox.retry(() -> isTaken(subject, payload), patience);
    }

    private boolean isTaken(String subject, byte[] payload) {
        try {
            connected().publish(subject, payload);
            return true;
        } catch (IllegalStateException e) { // the client's queue is full, or busy for too long
            if (isUsable()) {
                return false;
            }
            throw Requests.unusable(e);
        }
    }

    private boolean isUsable() {
        Connection now = nats;
        return now != null && now.getStatus() != Connection.Status.CLOSED;
    }

    private boolean isFlushed() throws InterruptedException {
        try {
            flush();
            return true;
        } catch (TimeoutException | IllegalStateException e) {
            return false;
        }
    }

    /**
     * Sends a message, as soon as the client takes it, and waits for one answer. The stage fails with {@link RpcException},
     * code UNREACHABLE when nobody listens, TIMEOUT when nobody answers, and OVERLOADED when the server takes messages more
     * slowly than they come.
     */
    public CompletionStage<Message> request(
            String subject, Map<String, String> headers, byte[] payload, Duration timeout) {
        return requests.ask(subject, headers, payload, timeout);
    }

    /** An id for something that needs to be unique, not secret: 22 letters and digits. */
    public static String uniqueId() {
        return NUID.nextGlobal();
    }

    /** Objects in a bucket of the server's object store. */
    public ObjectBucket bucket(String name, String jetStreamDomain) {
        return new ObjectBucket(this::connected, name, jetStreamDomain);
    }

    /** Values in a bucket of the server's key-value store. */
    public KeyValueBucket keyValue(String name, String jetStreamDomain) {
        return new KeyValueBucket(this::connected, name, jetStreamDomain);
    }

    /** Waits until everything sent so far, subscriptions too, has reached the server; two seconds at the most. */
    public void flush() throws TimeoutException, InterruptedException {
        connected().flush(FLUSH_TIMEOUT);
    }

    /** Whether it has ever been connected. */
    public boolean hasJoined() {
        return nats != null;
    }

    /** Whether the server is there at this moment. */
    public boolean isConnected() {
        Connection now = nats;
        return now != null && now.getStatus() == Connection.Status.CONNECTED;
    }

    /** What keeps it from being connected, in one sentence; empty when it is. */
    public Optional<String> problem() {
        return isConnected() ? Optional.empty() : Optional.of(reconnection.problem());
    }

    /** How often it was lost and made again. */
    public long reconnects() {
        return reconnection.count();
    }

    /** The largest message that the server takes, in bytes. */
    public long maxPayload() {
        Connection now = nats;
        return now == null ? Long.MAX_VALUE : now.getMaxPayload();
    }

    /** The client's connection. */
    Connection connected() {
        Connection now = nats;
        if (now == null) {
            throw new IllegalStateException("not connected to NATS yet");
        }
        return now;
    }

    @Nullable
    Connection client() {
        return nats;
    }

    @Override
    public void close() throws InterruptedException {
        reconnection.stop();
        Connection now = nats;
        if (now != null) {
            now.close(); // ends what is still waiting for an answer
        }
        clock.shutdownNow();
    }
}
