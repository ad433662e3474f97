package com.wasmcloud.wasmbus;

import com.wasmcloud.nats.Message;
import com.wasmcloud.nats.NatsConnection;
import java.util.function.Consumer;

/**
 * This process among the instances of its provider. Calls go to any of them; one that is meant for this instance alone goes
 * to a link name of its own, on which it listens as soon as somebody may know that name. Such a call is signed and checked
 * like every other.
 *
 * <p>Thread-safe.
 */
final class OwnInstance {
    private final NatsConnection connection;
    private final String name = NatsConnection.uniqueId();
    private final String subject;
    private Consumer<Message> calls = message -> {};
    private boolean listens;

    OwnInstance(NatsConnection connection, Subjects subjects, HostData data) {
        this.connection = connection;
        subject = subjects.provider(data.providerKey(), linkName(data.linkName(), name));
    }

    /** The link name under which one instance is called. */
    static String linkName(String linkName, String instance) {
        return linkName + ".instance." + instance;
    }

    /** Chooses who serves its calls. */
    synchronized void serve(Consumer<Message> handler) {
        calls = handler;
    }

    /** Its name. Whoever tells it to others does so after this has returned, and their calls find a listener. */
    synchronized String name() {
        if (!listens) {
            connection.subscribe(subject, subject, calls);
            listens = true;
        }
        return name;
    }
}
