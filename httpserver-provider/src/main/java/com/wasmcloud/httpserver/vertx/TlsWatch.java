package com.wasmcloud.httpserver.vertx;

import com.wasmcloud.httpserver.settings.HttpAddress;
import com.wasmcloud.httpserver.settings.TlsSettings;
import com.wasmcloud.provider.support.Causes;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.ServerSSLOptions;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the TLS files of a listener and has its server use changed ones for new connections. Files that cannot be used
 * are reported in the health, while the earlier ones stay in use. Thread-safe.
 */
final class TlsWatch {
    private static final Logger LOG = LoggerFactory.getLogger(TlsWatch.class);
    private static final long PAUSE_MILLIS = 1000;

    private final HttpAddress address;
    private final TlsSettings settings;
    private volatile @Nullable TlsFiles used;
    private volatile @Nullable HttpServer server;
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile String problem = "";

    TlsWatch(HttpAddress address, TlsSettings settings) {
        this.address = address;
        this.settings = settings;
    }

    /** The TLS options of the files as they are now. */
    Future<ServerSSLOptions> options(Vertx vertx) {
        return vertx.executeBlocking(() -> {
            TlsFiles files = TlsFiles.read(settings);
            ServerSSLOptions options = files.options(vertx);
            used = files;
            return options;
        });
    }

    /** Keeps a server up to date; returns the timer that does. */
    long watch(Vertx vertx, HttpServer listening) {
        server = listening;
        return vertx.setPeriodic(PAUSE_MILLIS, timer -> {
            if (looking.compareAndSet(false, true)) { // a slow file system must not pile them up
                vertx.executeBlocking(() -> {
                            look(vertx);
                            return null;
                        })
                        .onComplete(looked -> looking.set(false));
            }
        });
    }

    /** Why the files as they are now cannot be used, while the earlier ones are. */
    Optional<String> problem() {
        return problem.isEmpty() ? Optional.empty() : Optional.of(problem);
    }

    private void look(Vertx vertx) {
        try {
            TlsFiles now = TlsFiles.read(settings);
            TlsFiles before = used;
            HttpServer listening = server;
            if (listening == null || (before != null && now.sameAs(before))) {
                problem = "";
                return;
            }
            listening
                    .updateSSLOptions(now.options(vertx))
                    .onSuccess(updated -> {
                        used = now;
                        problem = "";
                        LOG.info("the certificate of {} has been replaced", address);
                    })
                    .onFailure(this::cannotUse);
        } catch (IOException | GeneralSecurityException e) {
            cannotUse(e);
        }
    }

    private void cannotUse(Throwable cause) {
        String sentence = "the TLS files of " + address + " have changed and cannot be used: " + why(cause)
                + "; new connections still get the earlier certificate";
        if (!sentence.equals(problem)) {
            LOG.warn("{}", sentence);
            LOG.debug("the cause", cause);
        }
        problem = sentence;
    }

    /** Why the files cannot be read or used, as a sentence for the operator. */
    static String why(Throwable cause) {
        return cause instanceof IOException ? "cannot read " + cause.getMessage() : Causes.text(cause);
    }
}
