package com.wasmcloud.httpserver;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.ServerSSLOptions;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks again and again whether the files of a listener's TLS have changed, and has its server use them for new
 * connections. What cannot be used is told in the health, and the earlier files go on to serve. Thread-safe.
 */
final class TlsWatch {
    private static final Logger LOG = LoggerFactory.getLogger(TlsWatch.class);
    private static final long PAUSE_MILLIS = 1000;

    private final HttpAddress address;
    private final TlsSettings settings;
    private volatile @Nullable TlsFiles used;
    private volatile @Nullable HttpServer server;
    private volatile String problem = "";

    TlsWatch(HttpAddress address, TlsSettings settings) {
        this.address = address;
        this.settings = settings;
    }

    /** What the files make of a server, now. */
    Future<ServerSSLOptions> options(Vertx vertx) {
        return vertx.executeBlocking(() -> {
            TlsFiles files = TlsFiles.read(settings);
            ServerSSLOptions options = files.options(vertx);
            used = files;
            return options;
        });
    }

    /** Keeps a server of these files up to date; gives the timer that does. */
    long watch(Vertx vertx, HttpServer listening) {
        server = listening;
        return vertx.setPeriodic(
                PAUSE_MILLIS,
                timer -> vertx.executeBlocking(() -> {
                    look(vertx);
                    return null;
                }));
    }

    /** What is wrong with the files as they are now, while the earlier ones serve. */
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

    /** A sentence for a person, of a failure to read or to use the files. */
    static String why(Throwable cause) {
        return cause instanceof IOException ? "cannot read " + cause.getMessage() : String.valueOf(cause.getMessage());
    }
}
