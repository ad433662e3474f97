package com.wasmcloud.httpserver.vertx;

import com.wasmcloud.httpserver.settings.HttpAddress;
import com.wasmcloud.httpserver.settings.ServerSettings;
import com.wasmcloud.httpserver.settings.ServerSettings.ClientLimits;
import com.wasmcloud.provider.support.RareLog;
import io.netty.channel.Channel;
import io.vertx.core.http.Http1ServerConfig;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All connections of one listener, from the moment they are accepted: their number is limited, and those whose clients
 * are too slow are closed. Thread-safe.
 */
final class Clients {
    private static final Logger LOG = LoggerFactory.getLogger(Clients.class);
    private static final long LONGEST_BETWEEN_CHECKS_MILLIS = 1000;

    private final HttpAddress address;
    private final ClientLimits limits;
    private final Set<Client> clients = ConcurrentHashMap.newKeySet();
    private final AtomicInteger open = new AtomicInteger();
    private final RareLog log = new RareLog(LOG);

    private final boolean plain;
    private final Http1ServerConfig http1;

    Clients(HttpAddress address, ServerSettings settings, Http1ServerConfig http1) {
        this.address = address;
        this.limits = settings.clients();
        this.plain = settings.tls().isEmpty();
        this.http1 = http1;
    }

    /** Admits a new connection, or returns false: then it is to be closed. */
    boolean admit(Channel channel) {
        if (open.incrementAndGet() > limits.maxConnections()) {
            open.decrementAndGet();
            log.warn("closed a new connection to " + address + ": " + limits.maxConnections()
                    + " are open, and more may not be (setting max_connections)");
            return false;
        }
        if (plain) {
            channel.pipeline().addFirst(new FirstBytes(http1));
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
