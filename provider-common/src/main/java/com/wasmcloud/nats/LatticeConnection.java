package com.wasmcloud.nats;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.contract.rpc.RpcException.Code;
import com.wasmcloud.provider.support.LineText;
import com.wasmcloud.provider.support.Threads;
import io.nats.client.AuthenticationException;
import io.nats.client.Connection;
import io.nats.client.ConnectionListener.Events;
import io.nats.client.Dispatcher;
import io.nats.client.JetStreamStatusException;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.impl.Headers;
import java.io.IOException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection to a lattice's NATS server; it reconnects for ever and its subscriptions survive that.
 *
 * <p>Thread-safe. Messages of queue subscriptions are delivered on one thread and those of plain ones on another, in
 * order: a handler must not block, or what comes after it waits. It owns its threads; {@link #close} ends them.
 */
public final class LatticeConnection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LatticeConnection.class);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration RECONNECT_WAIT = Duration.ofMillis(250);
    /** On top of that, so that not all providers of a lattice come back at the same moment. */
    private static final Duration RECONNECT_JITTER = Duration.ofMillis(500);

    private static final Duration PING_INTERVAL = Duration.ofSeconds(10);
    private static final Duration FLUSH_TIMEOUT = Duration.ofSeconds(2);

    private final Connection nats;
    private final Dispatcher calls;
    private final Dispatcher control;
    private final Map<String, Consumer<Message>> callHandlers = new ConcurrentHashMap<>();
    private final Map<String, Consumer<Message>> controlHandlers = new ConcurrentHashMap<>();
    private final List<Runnable> onReconnect = new CopyOnWriteArrayList<>();
    private final AtomicBoolean away = new AtomicBoolean();
    /** Unlike the timer of {@link CompletableFuture}, its thread does not wake up for each request that is made. */
    private final ScheduledThreadPoolExecutor timeouts =
            new ScheduledThreadPoolExecutor(1, Threads.daemons("timeouts"));

    private LatticeConnection(NatsAccess access, String name, NatsEvents events)
            throws IOException, InterruptedException {
        timeouts.setRemoveOnCancelPolicy(true);
        nats = Nats.connect(options(access, name, events));
        // the library knows a subscription's own handler only after the server does: first messages would be lost
        calls = nats.createDispatcher(message -> deliver(message, callHandlers));
        control = nats.createDispatcher(message -> deliver(message, controlHandlers));
    }

    /**
     * A message that arrived.
     *
     * @param replyTo where an answer goes, null when none is wanted
     * @param trace its W3C trace context headers, empty when there are none
     */
    public record Message(String subject, @Nullable String replyTo, Bytes payload, Map<String, String> trace) {}

    /**
     * Connects, waiting for a server that is not there yet for as long as it takes.
     *
     * @param name what this client is called in the server's lists
     * @throws IOException when the server refuses us; the message says what to do
     */
    public static LatticeConnection connect(NatsAccess access, String name) throws IOException, InterruptedException {
        NatsEvents events = new NatsEvents(access.shownUrl());
        for (boolean first = true; ; first = false) {
            try {
                return new LatticeConnection(access, name, events);
            } catch (AuthenticationException e) {
                throw new IOException(
                        "NATS at " + access.shownUrl() + " refused the credentials in the host data (" + reason(e)
                                + "); check the lattice's user token and seed",
                        e);
            } catch (IOException e) {
                Throwable why = events.latest().orElse(e);
                if (why instanceof CertificateException || why instanceof CertPathBuilderException) {
                    throw new IOException(
                            "cannot trust NATS at " + access.shownUrl() + ": " + reason(why)
                                    + "; name its certificate authority in the setting provider.nats_ca_file",
                            e);
                }
                if (first) {
                    LOG.warn("cannot reach NATS at {}: {}; trying until it answers", access.shownUrl(), reason(why));
                }
                Thread.sleep(
                        RECONNECT_WAIT.toMillis() + ThreadLocalRandom.current().nextLong(RECONNECT_JITTER.toMillis()));
            }
        }
    }

    /** The client names servers as they were given to it. */
    private static String reason(Throwable failure) {
        return LineText.withoutCredentials(String.valueOf(failure.getMessage()));
    }

    private Options options(NatsAccess access, String name, NatsEvents events) {
        Options.Builder options = new Options.Builder()
                .server(access.url())
                .connectionName(name)
                .connectionTimeout(CONNECT_TIMEOUT)
                .maxReconnects(-1)
                .reconnectWait(RECONNECT_WAIT)
                .reconnectJitter(RECONNECT_JITTER)
                .reconnectJitterTls(RECONNECT_JITTER)
                .pingInterval(PING_INTERVAL)
                .reportNoResponders()
                .dontForceFlushOnRequest() // what waits together goes in one write; nothing waits longer for that
                .errorListener(events)
                .connectionListener((connection, event) -> connectionChanged(access, event));
        access.authentication().ifPresent(options::authHandler);
        access.trust().ifPresent(options::sslContext);
        return options.build();
    }

    private void connectionChanged(NatsAccess access, Events event) {
        switch (event) {
            case DISCONNECTED -> { // comes again with each attempt that fails
                if (!away.getAndSet(true)) {
                    LOG.warn("lost NATS at {}; reconnecting until it is back", access.shownUrl());
                }
            }
            case RECONNECTED -> {
                away.set(false);
                LOG.info("connected to NATS at {} again", access.shownUrl());
            }
            case RESUBSCRIBED -> onReconnect.forEach(Runnable::run);
            default -> LOG.debug("NATS: {}", event);
        }
    }

    /** Runs something after each reconnect, when the subscriptions are there again; it must not block. */
    public void onReconnect(Runnable action) {
        onReconnect.add(action);
    }

    /** Hears every message on a subject, which has no wildcards; the last handler of a subject counts. */
    public void subscribe(String subject, Consumer<Message> handler) {
        controlHandlers.put(subject, handler);
        control.subscribe(subject);
    }

    /** Shares the messages on a subject, which has no wildcards, with all members of a queue group. */
    public void subscribe(String subject, String queueGroup, Consumer<Message> handler) {
        callHandlers.put(subject, handler);
        calls.subscribe(subject, queueGroup);
    }

    /** Ends a queue subscription at once; what has not been handed over is lost. */
    public void unsubscribe(String subject) {
        calls.unsubscribe(subject);
    }

    /**
     * Ends all subscriptions: plain ones at once, those of queue groups after what has been delivered is handed over, so
     * that no call is lost. Waits for that.
     *
     * @param patience how long to wait
     * @return whether everything was handed over in time
     */
    public boolean drain(Duration patience) throws InterruptedException {
        if (!isConnected()) {
            return false; // nothing arrives, and nobody can be told
        }
        try {
            controlHandlers.keySet().forEach(control::unsubscribe);
            return calls.drain(patience).get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException | IllegalStateException e) {
            LOG.debug("NATS is away, so nothing can be unsubscribed", e);
            return false;
        }
    }

    private static void deliver(io.nats.client.Message message, Map<String, Consumer<Message>> handlers) {
        Consumer<Message> handler = handlers.get(message.getSubject());
        if (handler == null) {
            return;
        }
        try {
            handler.accept(new Message(
                    message.getSubject(), message.getReplyTo(), Bytes.wrap(message.getData()), trace(message)));
        } catch (RuntimeException e) {
            LOG.error("cannot handle a message on {}", message.getSubject(), e);
        }
    }

    /** Sends a message; nothing is known of its arrival. */
    public void publish(String subject, Map<String, String> trace, byte[] payload) {
        nats.publish(subject, headers(trace), payload);
    }

    /**
     * Sends a message and waits for one answer. The stage fails with {@link RpcException}, code UNREACHABLE when nobody
     * listens and TIMEOUT when nobody answers.
     */
    public CompletionStage<Message> request(
            String subject, Map<String, String> trace, byte[] payload, Duration timeout) {
        CompletableFuture<io.nats.client.Message> answer;
        ScheduledFuture<?> late;
        try {
            answer = nats.requestWithTimeout(subject, headers(trace), payload, timeout.plusSeconds(1));
            late = timeouts.schedule(
                    () -> answer.completeExceptionally(new TimeoutException()),
                    timeout.toNanos(),
                    TimeUnit.NANOSECONDS);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(
                    RpcException.backend("nats: cannot send to " + subject + ": " + e.getMessage(), e));
        }
        return answer.handle((message, failure) -> {
            late.cancel(false);
            if (failure != null) {
                throw explained(failure, subject, timeout);
            }
            return new Message(
                    message.getSubject(), message.getReplyTo(), Bytes.wrap(message.getData()), trace(message));
        });
    }

    private static RpcException explained(Throwable failure, String subject, Duration timeout) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof TimeoutException) {
            return RpcException.timeout("no answer on " + subject + " within " + timeout.toMillis() + " ms");
        }
        if (cause instanceof JetStreamStatusException) {
            return RpcException.of(Code.UNREACHABLE, "nats: no responders on " + subject);
        }
        return RpcException.backend("nats: request on " + subject + " failed: " + cause.getMessage(), cause);
    }

    /** Waits until everything sent so far, subscriptions too, has reached the server; two seconds at the most. */
    public void flush() throws TimeoutException, InterruptedException {
        nats.flush(FLUSH_TIMEOUT);
    }

    /** Whether the server is there at this moment. */
    public boolean isConnected() {
        return nats.getStatus() == Connection.Status.CONNECTED;
    }

    /** How often it was lost and made again. */
    public long reconnects() {
        return nats.getStatistics().getReconnects();
    }

    /** The largest message that the server takes, in bytes. */
    public long maxPayload() {
        return nats.getMaxPayload();
    }

    public Connection nats() {
        return nats;
    }

    @Override
    public void close() throws InterruptedException {
        nats.close(); // ends what is still waiting for an answer
        timeouts.shutdownNow();
    }

    private static @Nullable Headers headers(Map<String, String> trace) {
        if (trace.isEmpty()) {
            return null;
        }
        Headers headers = new Headers();
        trace.forEach(headers::put);
        return headers;
    }

    private static Map<String, String> trace(io.nats.client.Message message) {
        if (!message.hasHeaders()) {
            return Map.of();
        }
        Map<String, String> trace = new HashMap<>();
        for (String name : TraceHeaders.NAMES) {
            String value = message.getHeaders().getLast(name);
            if (value != null) {
                trace.put(name, value);
            }
        }
        return trace;
    }
}
