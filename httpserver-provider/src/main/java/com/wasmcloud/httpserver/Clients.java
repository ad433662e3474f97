package com.wasmcloud.httpserver;

import com.wasmcloud.httpserver.ServerSettings.ClientLimits;
import com.wasmcloud.provider.support.RareLog;
import io.netty.channel.Channel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All connections of one listener, from the moment they are accepted: not more than a bound, none of them for ever. Thread-safe. */
final class Clients {
    private static final Logger LOG = LoggerFactory.getLogger(Clients.class);
    private static final long LONGEST_BETWEEN_CHECKS_MILLIS = 1000;

    private final HttpAddress address;
    private final ClientLimits limits;
    private final Set<Client> clients = ConcurrentHashMap.newKeySet();
    private final AtomicInteger open = new AtomicInteger();
    private final RareLog log = new RareLog(LOG);

    Clients(HttpAddress address, ClientLimits limits) {
        this.address = address;
        this.limits = limits;
    }

    /** Takes a connection in, or says false: then it is to be closed. */
    boolean admit(Channel channel) {
        if (open.incrementAndGet() > limits.maxConnections()) {
            open.decrementAndGet();
            log.warn("closed a new connection to " + address + ": " + limits.maxConnections()
                    + " are open, and more may not be (setting max_connections)");
            return false;
        }
        Client client = Client.at(channel, limits);
        clients.add(client);
        channel.closeFuture().addListener(closed -> {
            open.decrementAndGet();
            clients.remove(client);
        });
        return true;
    }

    /** How often {@link #closeLate} should be called. */
    long millisBetweenChecks() {
        long shortest = Math.min(limits.idle().toMillis(), limits.read().toMillis());
        return Math.max(10, Math.min(LONGEST_BETWEEN_CHECKS_MILLIS, shortest / 4));
    }

    /** Closes the connections whose clients keep us waiting. */
    void closeLate() {
        long now = System.nanoTime();
        for (Client client : clients) {
            if (client.mayBeLate(now)) {
                client.closeIfLate();
            }
        }
    }
}
