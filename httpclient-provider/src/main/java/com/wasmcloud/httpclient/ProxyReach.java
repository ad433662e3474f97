package com.wasmcloud.httpclient;

import com.wasmcloud.httpclient.access.Addresses;
import com.wasmcloud.provider.Health;
import com.wasmcloud.provider.support.Background;
import com.wasmcloud.provider.support.Causes;
import com.wasmcloud.provider.support.Outage;
import com.wasmcloud.provider.support.Reachability;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Whether a link's proxy can be reached. Thread-safe. */
final class ProxyReach implements AutoCloseable {
    private static final Reachability.Pauses PAUSES =
            new Reachability.Pauses(Duration.ofMillis(100), Duration.ofSeconds(2));

    private final ProxySettings proxy;
    private final Addresses addresses;
    private final Duration timeout;
    private final Background background;
    private final Reachability reachability;

    private ProxyReach(ProxySettings proxy, Addresses addresses, Duration timeout, Background background) {
        this.proxy = proxy;
        this.addresses = addresses;
        this.timeout = timeout;
        this.background = background;
        String name = "the proxy " + proxy.server().origin();
        Outage outage = new Outage(
                LoggerFactory.getLogger(ProxyReach.class),
                new Outage.Words(Level.WARN, "cannot reach " + name, name + " is reached again"));
        outage.waitsFor("connecting to " + name);
        this.reachability = new Reachability(background, PAUSES, outage, this::connect, Causes::reason);
    }

    /** Begins to try. */
    static ProxyReach start(ProxySettings proxy, Addresses addresses, Duration timeout, Background background) {
        ProxyReach reach = new ProxyReach(proxy, addresses, timeout, background);
        reach.reachability.start();
        return reach;
    }

    private CompletionStage<?> connect() {
        return addresses.ofProxy(proxy.server()).thenAcceptAsync(this::connect, background.executor());
    }

    private void connect(List<InetAddress> found) {
        IOException failure = new IOException("no address is known for that name");
        for (InetAddress address : found) {
            try (Socket socket = new Socket()) {
                socket.connect(
                        new InetSocketAddress(address, proxy.server().port()), Math.toIntExact(timeout.toMillis()));
                return;
            } catch (IOException e) {
                failure = e;
            }
        }
        throw new CompletionException(failure);
    }

    /**
     * Where to connect to for a request.
     *
     * @return fails with {@link IOException} when the proxy's name has no address
     */
    CompletionStage<List<InetAddress>> addresses() {
        return addresses.ofProxy(proxy.server()).handle((found, failure) -> {
            if (failure == null) {
                return found;
            }
            String why = Causes.reason(failure);
            doubt(why);
            throw new CompletionException(
                    new IOException("the proxy " + proxy.server().origin() + ": " + why));
        });
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
