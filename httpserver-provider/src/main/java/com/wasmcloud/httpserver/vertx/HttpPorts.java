package com.wasmcloud.httpserver.vertx;

import com.wasmcloud.httpserver.settings.HttpAddress;
import com.wasmcloud.httpserver.settings.ServerSettings;
import com.wasmcloud.provider.support.Background;
import com.wasmcloud.provider.support.Shared;
import io.vertx.core.Future;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The ports of the process, on one Vert.x that is started in the background for the first of them and closed after the
 * last.
 *
 * <p>Thread-safe.
 */
public final class HttpPorts {
    private static final String THE_ONE = "vertx";

    private final Background background = new Background("http");
    private final Shared<String, HttpVertx> vertx;
    private final AtomicReference<Shared.@Nullable Use<HttpVertx>> prepared = new AtomicReference<>();

    public HttpPorts() {
        this(HttpVertx::start);
    }

    HttpPorts(Supplier<HttpVertx> start) {
        vertx = new Shared<>(new Shared.Life<>() {
            @Override
            public HttpVertx begin(String key, @Nullable HttpVertx ending) {
                return start.get();
            }

            @Override
            public CompletionStage<?> end(HttpVertx unused) {
                return unused.vertx().close().toCompletionStage();
            }
        });
    }

    /** Starts Vert.x in the background, ahead of the first port. */
    public void prepare() {
        background.run(() -> prepared.set(vertx.use(THE_ONE)));
    }

    /**
     * Opens a port and returns at once; see {@link HttpPort#health}.
     *
     * @param free when an earlier port of the same address is closed: of two servers on one port, the one that is closing
     *     can get the connections
     */
    public HttpPort open(HttpAddress address, ServerSettings settings, Future<Void> free, RequestHandlers requests) {
        HttpPort port = new HttpPort(address, settings, requests, this::use, background);
        free.onComplete(end -> port.bind());
        return port;
    }

    private Shared.Use<HttpVertx> use() {
        Shared.Use<HttpVertx> use = vertx.use(THE_ONE);
        Shared.Use<HttpVertx> first = prepared.getAndSet(null);
        if (first != null) {
            first.close();
        }
        return use;
    }
}
