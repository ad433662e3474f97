package com.wasmcloud.httpclient;

import com.wasmcloud.provider.Health;
import com.wasmcloud.provider.support.Background;
import com.wasmcloud.provider.support.Causes;
import com.wasmcloud.provider.support.Outage;
import com.wasmcloud.provider.support.Reachability;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Whether a link's proxy can be reached. Thread-safe. */
final class ProxyReach implements AutoCloseable {
    private static final Reachability.Pauses PAUSES =
            new Reachability.Pauses(Duration.ofMillis(100), Duration.ofSeconds(2));

    private final ProxySettings proxy;
    private final Duration timeout;
    private final Reachability reachability;

    private ProxyReach(ProxySettings proxy, Duration timeout, Background background) {
        this.proxy = proxy;
        this.timeout = timeout;
        String name = "the proxy " + proxy.server().origin();
        Outage outage = new Outage(
                LoggerFactory.getLogger(ProxyReach.class),
                new Outage.Words(Level.WARN, "cannot reach " + name, name + " is reached again"));
        outage.waitsFor("connecting to " + name);
        this.reachability = new Reachability(background, PAUSES, outage, this::connect, ProxyReach::reason);
    }

    /** Begins to try. */
    static ProxyReach start(ProxySettings proxy, Duration timeout, Background background) {
        ProxyReach reach = new ProxyReach(proxy, timeout, background);
        reach.reachability.start();
        return reach;
    }

    private CompletionStage<?> connect() throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(proxy.host(), proxy.server().port()), Math.toIntExact(timeout.toMillis()));
        }
        return CompletableFuture.completedFuture(null);
    }

    private static String reason(Throwable failure) {
        return failure instanceof UnknownHostException ? "no address is known for that name" : Causes.reason(failure);
    }

    /** A request could not be sent: looks whether that is because of the proxy. */
    void doubt(String why) {
        reachability.lost(why);
    }

    /** A request has come through. */
    void works() {
        reachability.reached();
    }

    Health health() {
        return Health.of(reachability);
    }

    @Override
    public void close() {
        reachability.close();
    }
}
