package com.wasmcloud.httpserver;

import com.wasmcloud.lattice.Threads;
import com.wasmcloud.provider.Link;
import com.wasmcloud.provider.LinkHandler;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * All listeners of the process, one for each address that links name, on one Vert.x. That is there while there are
 * listeners, and starts in the background.
 *
 * <p>Thread-safe.
 */
final class HttpListeners implements LinkHandler<HttpLink> {
    private final Map<HttpAddress, HttpListener> listeners = new HashMap<>();
    private @Nullable Future<Vertx> vertx;

    /** Starts what the first link will need, so that it need not wait for that. */
    synchronized void prepare() {
        vertx();
    }

    @Override
    public HttpLink open(Link link) {
        HttpSettings settings = HttpSettings.of(HttpSources.of(link.values(), link.settings()));
        HttpListener listener = held(settings.address());
        HttpLink opened = new HttpLink(link, settings, listener);
        try {
            listener.add(opened);
        } catch (RuntimeException e) {
            listener.release();
            throw e;
        }
        return opened;
    }

    private synchronized HttpListener held(HttpAddress address) {
        HttpListener there = listeners.get(address);
        if (there != null && there.hold()) {
            return there;
        }
        // Vert.x lets a server share the port of one that is closing, and then nobody accepts: wait for its end
        Future<Void> free = there == null ? Future.succeededFuture() : there.closed();
        HttpListener opened = HttpListener.open(address, free.compose(end -> vertx()));
        opened.hold();
        listeners.put(address, opened);
        opened.closed().onComplete(end -> forget(address, opened));
        return opened;
    }

    private synchronized void forget(HttpAddress address, HttpListener listener) {
        listeners.remove(address, listener);
        if (listeners.isEmpty() && vertx != null) {
            vertx.onSuccess(Vertx::close);
            vertx = null;
        }
    }

    private synchronized Future<Vertx> vertx() {
        if (vertx == null) {
            CompletableFuture<Vertx> started = new CompletableFuture<>();
            Threads.daemons("vertx-start")
                    .newThread(() -> {
                        try {
                            started.complete(startVertx());
                        } catch (Throwable e) {
                            started.completeExceptionally(e);
                        }
                    })
                    .start();
            vertx = Future.fromCompletionStage(started);
        }
        return vertx;
    }

    /** Without all that a provider does not use. */
    private static Vertx startVertx() {
        return Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(Runtime.getRuntime().availableProcessors())
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setUseDaemonThread(true)
                .setDisableTCCL(true)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
    }
}
