package com.wasmcloud.nats;

import com.wasmcloud.provider.support.HeapExhaustion;
import com.wasmcloud.provider.support.Threads;
import io.nats.client.Connection;
import io.nats.client.ConnectionListener.Events;
import io.nats.client.Nats;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a connection alive. The client reconnects automatically, but gives up for good when a server refuses its login twice
 * in a row, or when one of its own threads cannot be made; then this makes a new connection, for as long as it takes.
 *
 * <p>Thread-safe.
 */
final class Reconnection {
    private static final Logger LOG = LoggerFactory.getLogger(Reconnection.class);
    private static final Duration WATCHED_EVERY = Duration.ofSeconds(10);
    /** A client that tries to reconnect says so after each attempt; one that is silent for so long has stopped trying. */
    private static final Duration SILENCE_OF_THE_DEAD = Duration.ofSeconds(30);

    private final NatsAccess access;
    private final String name;
    private final NatsEvents events;
    private final Subscriptions subscriptions;
    private final BiConsumer<Connection, Boolean> joined;
    private final ScheduledExecutorService clock;
    private final AtomicBoolean away = new AtomicBoolean();
    private final AtomicBoolean rejoining = new AtomicBoolean();
    private final AtomicLong count = new AtomicLong();
    private volatile @Nullable Connection current;
    private volatile String reason = "";
    private volatile long latestEvent = System.nanoTime();
    private volatile boolean stopped;

    /**
     * @param joined hears of each connection that is made or made again, and whether there was one before
     */
    Reconnection(
            NatsAccess access,
            String name,
            Subscriptions subscriptions,
            BiConsumer<Connection, Boolean> joined,
            ScheduledExecutorService clock) {
        this.access = access;
        this.events = new NatsEvents(access.shownUrl());
        this.name = name;
        this.subscriptions = subscriptions;
        this.joined = joined;
        this.clock = clock;
    }

    NatsEvents events() {
        return events;
    }

    /** Makes a connection, in one attempt. */
    void join() throws IOException, InterruptedException {
        Connection before = current;
        boolean first = before == null;
        Connection connection = Nats.connect(ClientOptions.of(access, name, events, this::changed));
        if (stopped) {
            connection.close();
            throw new IOException("it is closed");
        }
        current = connection;
        try {
            subscriptions.move(connection);
            joined.accept(connection, !first);
        } catch (Throwable e) { // such as no thread to be had; the next attempt makes another one
            current = before;
            connection.close();
            throw e;
        }
        if (first) {
            ScheduledFuture<?> unused = clock.scheduleWithFixedDelay(
                    this::watch, WATCHED_EVERY.toMillis(), WATCHED_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        }
        if (connection.getStatus() == Connection.Status.CLOSED) {
            throw new IOException("it was closed at once: " + connection.getLastError());
        }
    }

    private void changed(Connection connection, Events event) {
        latestEvent = System.nanoTime();
        if (stopped || connection != current) {
            return; // an attempt of ours, which tells its outcome itself
        }
        switch (event) {
            case DISCONNECTED -> { // comes again with each attempt that fails
                if (!away.getAndSet(true)) {
                    reason = "";
                    LOG.warn("lost NATS at {}; reconnecting until it is back", access.shownUrl());
                }
            }
            case RECONNECTED -> back();
            case RESUBSCRIBED -> joined.accept(connection, true);
            case LAME_DUCK -> LOG.info("NATS at {} is about to stop; reconnecting when it does", access.shownUrl());
            case CLOSED -> rejoin(connection);
            default -> LOG.debug("NATS: {}", event);
        }
    }

    private void back() {
        away.set(false);
        count.incrementAndGet();
        LOG.info("connected to NATS at {} again", access.shownUrl());
    }

    /** The client has given the connection up. */
    private void rejoin(Connection lost) {
        if (stopped || !rejoining.compareAndSet(false, true)) {
            return;
        }
        away.set(true);
        failed(String.valueOf(lost.getLastError()));
        later(0);
    }

    private void later(int attempt) {
        long pause = ClientOptions.RECONNECT_WAIT.toMillis()
                + ThreadLocalRandom.current().nextLong(ClientOptions.RECONNECT_JITTER.toMillis());
        try {
            ScheduledFuture<?> unused = clock.schedule(() -> inBackground(attempt), pause, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("the connection is closed");
        }
    }

    /** Connecting may block; the clock has other things to do. Whatever is thrown, there will be another attempt. */
    private void inBackground(int attempt) {
        try {
            Threads.daemons("nats-again").newThread(() -> attempt(attempt)).start();
        } catch (Throwable e) {
            failed(ServerNames.shown(e));
            later(attempt + 1);
        }
    }

    private void attempt(int attempt) {
        try {
            join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Throwable e) {
            HeapExhaustion.check(e);
            if (!stopped) {
                failed(ServerNames.shown(e));
                later(attempt + 1);
            }
            return;
        }
        rejoining.set(false);
        back();
    }

    /** Says each reason once. */
    private void failed(String why) {
        String problem = why.toLowerCase(Locale.ROOT).contains("auth")
                ? "NATS at " + access.shownUrl() + " refuses the login (" + why + ")"
                : "NATS at " + access.shownUrl() + " cannot be reached (" + why + ")";
        if (!problem.equals(reason)) {
            reason = problem;
            LOG.error("{}; trying until it is accepted", problem);
        }
    }

    /** What is wrong while there is no connection. */
    String problem() {
        String known = reason;
        return known.isEmpty() ? "NATS at " + access.shownUrl() + " is unavailable; reconnecting" : known;
    }

    long count() {
        return count.get();
    }

    private void watch() {
        Connection connection = current;
        if (connection != null
                && connection.getStatus() != Connection.Status.CONNECTED
                && System.nanoTime() - latestEvent > SILENCE_OF_THE_DEAD.toNanos()) {
            latestEvent = System.nanoTime();
            rejoin(connection);
        }
    }

    void stop() {
        stopped = true;
    }
}
