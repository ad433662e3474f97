package com.wasmcloud.nats;

import com.wasmcloud.provider.support.Causes;
import io.nats.client.Connection;
import io.nats.client.Consumer;
import io.nats.client.ErrorListener;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts what the NATS client notices into the log, without its default chatter. */
final class NatsEvents implements ErrorListener {
    private static final Logger LOG = LoggerFactory.getLogger(NatsEvents.class);

    private final String server;
    private volatile @Nullable Throwable latest;

    NatsEvents(String server) {
        this.server = server;
    }

    /** The root of the latest problem; a failed connection attempt does not tell it otherwise. */
    Optional<Throwable> latest() {
        return Optional.ofNullable(latest);
    }

    @Override
    public void errorOccurred(Connection connection, String error) {
        LOG.warn("NATS at {} says: {}", server, error);
    }

    @Override
    public void exceptionOccurred(Connection connection, Exception problem) {
        latest = Causes.root(problem);
        LOG.debug("NATS at {}", server, problem);
    }

    @Override
    public void slowConsumerDetected(Connection connection, Consumer consumer) {
        LOG.error("messages from NATS at {} arrive faster than they can be taken; some were dropped", server);
    }
}
