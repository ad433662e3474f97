package com.wasmcloud.httpclient;

import com.wasmcloud.provider.Health;
import com.wasmcloud.provider.support.Background;
import com.wasmcloud.provider.support.Causes;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.ClientSSLOptions;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every second whether the TLS files of a link have changed, and has its client use them for new connections. Files
 * that cannot be used are reported in the health, while the earlier ones stay in use. Thread-safe.
 */
final class TlsWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TlsWatch.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final HttpClientSettings settings;
    private final Vertx vertx;
    private final Background background;
    private final Function<ClientSSLOptions, Future<?>> update;
    private TlsFiles used; // by one look at a time
    private volatile String problem = "";
    private volatile boolean closed;

    /**
     * @param used the files as the client has them
     * @param update gives the client others
     */
    TlsWatch(
            TlsFiles used,
            HttpClientSettings settings,
            Vertx vertx,
            Background background,
            Function<ClientSSLOptions, Future<?>> update) {
        this.used = used;
        this.settings = settings;
        this.vertx = vertx;
        this.background = background;
        this.update = update;
    }

    /** Begins to look, if there are files. */
    void start() {
        if (settings.tls().any()) {
            later();
        }
    }

    private void later() {
        background.runAfter(PAUSE, this::look);
    }

    private void look() {
        if (closed) {
            return;
        }
        try {
            TlsFiles now = TlsFiles.read(settings.tls());
            if (now.equals(used)) {
                problem = "";
                later();
                return;
            }
            update.apply(now.options(settings.timeouts().connect(), vertx)).onComplete(updated -> {
                if (updated.succeeded()) {
                    used = now;
                    problem = "";
                    LOG.info("the TLS files of a link have been replaced; new connections use them");
                } else {
                    cannotUse(updated.cause());
                }
                later();
            });
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            cannotUse(e);
            later();
        }
    }

    private void cannotUse(Throwable cause) {
        if (closed) {
            return;
        }
        String why = cause instanceof IOException ? "cannot read " + cause.getMessage() : Causes.text(cause);
        String sentence = "the TLS files of the link have changed and cannot be used: " + why
                + "; new connections still use the earlier ones";
        if (!sentence.equals(problem)) {
            LOG.warn("{}", sentence);
            LOG.debug("the cause", cause);
        }
        problem = sentence;
    }

    Health health() {
        String now = problem;
        return now.isEmpty() ? Health.HEALTHY : Health.unhealthy(now);
    }

    @Override
    public void close() {
        closed = true;
    }
}
