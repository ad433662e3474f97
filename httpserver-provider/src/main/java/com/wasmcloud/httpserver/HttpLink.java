package com.wasmcloud.httpserver;

import com.wasmcloud.contract.httpserver.HttpServer;
import com.wasmcloud.contract.httpserver.HttpServerContract;
import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.httpserver.RequestSettings.Limits;
import com.wasmcloud.provider.CallOptions;
import com.wasmcloud.provider.Draining;
import com.wasmcloud.provider.Health;
import com.wasmcloud.provider.HealthReporter;
import com.wasmcloud.provider.Link;
import com.wasmcloud.provider.Spans;
import com.wasmcloud.provider.support.Gate;
import com.wasmcloud.provider.support.RareLog;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One actor's link: takes requests from the listener of its address, and calls the actor with them.
 *
 * <p>Thread-safe. Closing takes it off the listener at once; requests in flight are still answered.
 */
final class HttpLink implements AutoCloseable, HealthReporter, Draining {
    private static final Logger LOG = LoggerFactory.getLogger(HttpLink.class);

    private final Link link;
    private final HttpSettings settings;
    private final HttpListener listener;
    private final HttpServices services;
    private final CallOptions options;
    private final HttpServer actor;
    private final Spans spans;
    private final RareLog log = new RareLog(LOG);
    private final RareLog unexpected = new RareLog(LOG);
    private final HttpMessages messages;
    private final Gate requests;
    private final Set<Exchange> exchanges = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Void> drained = new CompletableFuture<>();

    HttpLink(Link link, HttpSettings settings, HttpListener listener, HttpServices services) {
        this.link = link;
        this.settings = settings;
        this.listener = listener;
        this.services = services;
        this.messages = new HttpMessages(services.date(), log);
        this.requests = new Gate(limits().maxRequests());
        this.options = limits().timeout().map(CallOptions.DEFAULT::within).orElse(CallOptions.DEFAULT);
        this.actor = link.actor(HttpServerContract.INSTANCE, options);
        this.spans = link.spans(Map.of("wasmcloud.actor", link.actorId()));
    }

    String actorId() {
        return link.actorId();
    }

    HttpSettings settings() {
        return settings;
    }

    HttpServices services() {
        return services;
    }

    HttpMessages messages() {
        return messages;
    }

    /** Where requests are reported. */
    Spans spans() {
        return spans;
    }

    private Limits limits() {
        return settings.requests().limits();
    }

    RequestBody.Limits bodyLimits() {
        return new RequestBody.Limits(
                limits().maxContentLength(), settings.server().clients().read());
    }

    /** The actor, called in a trace, which may be empty. */
    HttpServer actor(Map<String, String> trace) {
        return trace.isEmpty() ? actor : link.actor(HttpServerContract.INSTANCE, options.traced(trace));
    }

    @Override
    public Health health() {
        return listener.health();
    }

    /** Takes a request in; an admitted one must {@link #begin} and {@link #leave}. */
    Gate.Entry enter() {
        return requests.enter();
    }

    void begin(Exchange exchange) {
        exchanges.add(exchange);
    }

    void leave(Exchange exchange) {
        exchanges.remove(exchange);
        if (requests.leave()) {
            drained();
        }
    }

    private void drained() {
        listener.release();
        drained.complete(null);
    }

    /** Puts a failure behind an answer into the log. */
    void report(Throwable cause, HttpFailure failure) {
        boolean expected = cause instanceof RpcException;
        warn(failure, expected ? String.valueOf(cause.getMessage()) : failure.sentence());
        if (!expected) {
            unexpected.error(
                    "a request for actor " + actorId() + " failed in a way the provider did not expect", cause);
        }
    }

    /** Puts an answer that is the client's own fault, or that of too many clients, into the log. */
    void report(HttpFailure failure) {
        warn(failure, failure.sentence());
    }

    private void warn(HttpFailure failure, String reason) {
        log.warn("answered a request for actor " + actorId() + " with " + failure.status() + ": " + reason);
    }

    void reportLost(Throwable cause) {
        LOG.debug("a client of actor {} went away before its answer", actorId(), cause);
    }

    @Override
    public CompletionStage<?> drain(Duration patience) {
        close();
        CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS, Runnable::run)
                .execute(() -> exchanges.forEach(Exchange::abandon));
        return drained;
    }

    @Override
    public void close() {
        listener.remove(this);
        if (requests.close()) {
            drained();
        }
    }
}
