package com.wasmcloud.httpserver;

import com.wasmcloud.provider.Link;
import com.wasmcloud.provider.LinkHandler;
import com.wasmcloud.provider.settings.SettingsException;
import com.wasmcloud.provider.support.Threads;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * All listeners of the process, one for each address that links name, on one Vert.x. That is there while there are
 * listeners, and starts in the background.
 *
 * <p>Thread-safe.
 */
final class HttpListeners implements LinkHandler<HttpLink> {
    private final HttpServices services;
    private final Map<HttpAddress, HttpListener> listeners = new HashMap<>();
    private @Nullable Future<GuardedVertx> vertx;

    HttpListeners(HttpServices services) {
        this.services = services;
    }

    /** Starts what the first link will need, so that it need not wait for that. */
    synchronized void prepare() {
        vertx();
    }

    @Override
    public HttpLink open(Link link) {
        HttpSettings settings = HttpSettings.of(HttpSources.of(link.values(), link.settings()));
        HttpListener listener = held(link.actorId(), settings);
        HttpLink opened = new HttpLink(link, settings, listener, services);
        try {
            listener.add(opened);
        } catch (RuntimeException e) {
            listener.release();
            throw e;
        }
        return opened;
    }

    private synchronized HttpListener held(String actorId, HttpSettings settings) {
        HttpAddress address = settings.address();
        HttpListener there = listeners.get(address);
        if (there != null && there.settings().equals(settings.server()) && there.hold()) {
            return there;
        }
        Optional<HttpLink> other = there == null || there.settings().equals(settings.server())
                ? Optional.empty()
                : there.linkOfOther(actorId);
        if (other.isPresent()) {
            throw new SettingsException("the link of actor " + other.get().actorId() + " has the address " + address
                    + " with other settings; links that share an address must have the same tls, max_header_bytes,"
                    + " max_connections, idle_timeout_ms and read_timeout_ms");
        }
        // Vert.x lets a server share the port of one that is closing, and then nobody accepts: wait for its end
        Future<Void> free = there == null ? Future.succeededFuture() : there.closed();
        HttpListener opened =
                HttpListener.open(address, settings.server(), services.date(), free.compose(end -> vertx()));
        opened.hold();
        listeners.put(address, opened);
        opened.closed().onComplete(end -> forget(address, opened));
        return opened;
    }

    private synchronized void forget(HttpAddress address, HttpListener listener) {
        listeners.remove(address, listener);
        if (listeners.isEmpty() && vertx != null) {
            vertx.onSuccess(started -> started.vertx().close());
            vertx = null;
        }
    }

    private synchronized Future<GuardedVertx> vertx() {
        if (vertx == null) {
            CompletableFuture<GuardedVertx> started = new CompletableFuture<>();
            Threads.daemons("vertx-start")
                    .newThread(() -> {
                        try {
                            started.complete(GuardedVertx.start());
                        } catch (Throwable e) {
                            started.completeExceptionally(e);
                        }
                    })
                    .start();
            vertx = Future.fromCompletionStage(started);
        }
        return vertx;
    }
}
