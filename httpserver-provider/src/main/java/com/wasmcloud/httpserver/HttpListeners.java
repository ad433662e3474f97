package com.wasmcloud.httpserver;

import com.wasmcloud.httpserver.settings.HttpAddress;
import com.wasmcloud.httpserver.settings.HttpSettings;
import com.wasmcloud.httpserver.settings.ServerSettings;
import com.wasmcloud.provider.Link;
import com.wasmcloud.provider.LinkHandler;
import com.wasmcloud.provider.settings.SettingsException;
import com.wasmcloud.provider.support.Shared;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Opens links on the listeners of the process, one for each address that links name.
 *
 * <p>Thread-safe.
 */
final class HttpListeners implements LinkHandler<HttpLink> {
    private final HttpServices services;
    private final Shared<Key, HttpListener> listeners = new Shared<>(new Life());
    /** The latest of each address: one with other settings may still be closing. */
    private final Map<HttpAddress, HttpListener> latest = new ConcurrentHashMap<>();

    HttpListeners(HttpServices services) {
        this.services = services;
    }

    /** What links that share a listener have in common. */
    private record Key(HttpAddress address, ServerSettings settings) {}

    @Override
    public HttpLink open(Link link) {
        HttpSettings settings = HttpSettings.of(link.values(), link.configuration());
        refuseOtherSettings(link.peer(), settings);
        Shared.Use<HttpListener> listener = listeners.use(new Key(settings.address(), settings.server()));
        HttpLink opened = new HttpLink(link, settings, listener, services);
        try {
            listener.value().add(opened);
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
        return opened;
    }

    private void refuseOtherSettings(String actorId, HttpSettings settings) {
        HttpListener there = latest.get(settings.address());
        if (there == null || there.settings().equals(settings.server())) {
            return;
        }
        Optional<HttpListener.Application> other = there.applicationOfOther(actorId);
        if (other.isPresent()) {
            throw new SettingsException(
                    "the link of actor " + other.get().actorId() + " has the address " + settings.address()
                            + " with other settings; links that share an address must have the same tls,"
                            + " max_header_bytes, max_connections, idle_timeout_ms and read_timeout_ms");
        }
    }

    private final class Life implements Shared.Life<Key, HttpListener> {
        @Override
        public HttpListener begin(Key key, @Nullable HttpListener ending) {
            HttpListener earlier = latest.get(key.address);
            Future<Void> free = earlier == null ? Future.succeededFuture() : earlier.closed();
            HttpListener begun = new HttpListener(key.address, key.settings, services.ports(), free);
            latest.put(key.address, begun);
            begun.closed().onComplete(end -> latest.remove(key.address, begun));
            return begun;
        }

        @Override
        public CompletionStage<?> end(HttpListener unused) {
            unused.close();
            return unused.closed().toCompletionStage();
        }
    }
}
