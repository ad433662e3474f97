package com.wasmcloud.nats;

import com.wasmcloud.provider.support.Heap;
import com.wasmcloud.provider.support.HeapExhaustion;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who hears which subject, over all the connections there are in turn. Thread-safe: looked up without a lock, changed
 * under one.
 */
final class Subscriptions {
    private static final Logger LOG = LoggerFactory.getLogger(Subscriptions.class);
    /** More than that waits only when this process cannot keep up; the client then drops what is newest. */
    private static final int MOST_MESSAGES_WAITING = 64 * 1024;

    private static final long MOST_BYTES_WAITING = Heap.share(0.0625, 4 << 20, 64 << 20);

    private final Map<String, Consumer<Message>> plain = new ConcurrentHashMap<>();
    private final Map<String, Shared> shared = new ConcurrentHashMap<>();
    private @Nullable Dispatcher plainDispatcher;
    private @Nullable Dispatcher sharedDispatcher;

    private record Shared(String group, Consumer<Message> handler) {}

    /** Subscribes to everything on a new connection. */
    synchronized void move(Connection connection) {
        // the client knows a subscription's own handler only after the server does: first messages would be lost
        Dispatcher calls = connection.createDispatcher(message -> {
            Shared subscription = shared.get(message.getSubject());
            deliver(message, subscription == null ? null : subscription.handler);
        });
        Dispatcher control = connection.createDispatcher(message -> deliver(message, plain.get(message.getSubject())));
        calls.setPendingLimits(MOST_MESSAGES_WAITING, MOST_BYTES_WAITING);
        control.setPendingLimits(MOST_MESSAGES_WAITING, MOST_BYTES_WAITING);
        shared.forEach((subject, subscription) -> calls.subscribe(subject, subscription.group));
        plain.keySet().forEach(control::subscribe);
        sharedDispatcher = calls;
        plainDispatcher = control;
    }

    synchronized void add(String subject, Consumer<Message> handler) {
        plain.put(subject, handler);
        if (plainDispatcher != null) {
            plainDispatcher.subscribe(subject);
        }
    }

    synchronized void add(String subject, String group, Consumer<Message> handler) {
        shared.put(subject, new Shared(group, handler));
        if (sharedDispatcher != null) {
            sharedDispatcher.subscribe(subject, group);
        }
    }

    synchronized void remove(String subject) {
        shared.remove(subject);
        if (sharedDispatcher != null) {
            sharedDispatcher.unsubscribe(subject);
        }
    }

    boolean drain(Duration patience) throws InterruptedException {
        Dispatcher control;
        Dispatcher calls;
        synchronized (this) {
            control = plainDispatcher;
            calls = sharedDispatcher;
        }
        if (control == null || calls == null) {
            return false;
        }
        try {
            plain.keySet().forEach(control::unsubscribe);
            return calls.drain(patience).get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException | IllegalStateException e) {
            LOG.debug("NATS is unavailable, so nothing can be unsubscribed", e);
            return false;
        }
    }

    private static void deliver(io.nats.client.Message message, @Nullable Consumer<Message> handler) {
        if (handler == null) {
            return;
        }
        try {
            handler.accept(Message.of(message));
        } catch (Throwable e) { // whatever it is, the next message must be delivered
            HeapExhaustion.check(e);
            LOG.error("cannot handle a message on {}", message.getSubject(), e);
        }
    }
}
