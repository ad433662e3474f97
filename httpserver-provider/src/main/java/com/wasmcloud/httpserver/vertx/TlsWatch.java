package com.wasmcloud.httpserver.vertx;

import com.wasmcloud.httpserver.settings.HttpAddress;
import com.wasmcloud.httpserver.settings.TlsSettings;
import com.wasmcloud.provider.support.Background;
import com.wasmcloud.provider.support.FileWatch;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.ServerSSLOptions;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The TLS files of a port: read when it is bound, and watched from then on. Thread-safe. */
final class TlsWatch {
    private final FileWatch.Words words;
    private final TlsSettings settings;
    private final Background background;
    private volatile @Nullable TlsFiles read;
    private volatile @Nullable FileWatch<TlsFiles> watch;

    TlsWatch(HttpAddress address, TlsSettings settings, Background background) {
        this.words = new FileWatch.Words(
                "the TLS files of " + address,
                "the certificate of " + address + " has been replaced",
                "new connections still get the earlier certificate");
        this.settings = settings;
        this.background = background;
    }

    /** The TLS options of the files as they are now. */
    Future<ServerSSLOptions> options(Vertx vertx) {
        return vertx.executeBlocking(() -> {
            TlsFiles files = TlsFiles.read(settings);
            ServerSSLOptions options = files.options(vertx);
            read = files;
            return options;
        });
    }

    /** Has a server that was made with these options use changed files for new connections, until what this returns is closed. */
    FileWatch<TlsFiles> watch(Vertx vertx, HttpServer server) {
        FileWatch<TlsFiles> begun = FileWatch.start(
                background,
                words,
                Objects.requireNonNull(read),
                () -> TlsFiles.read(settings),
                now -> server.updateSSLOptions(now.options(vertx)).toCompletionStage());
        watch = begun;
        return begun;
    }

    /** Why the files as they are now cannot be used, while the earlier ones are. */
    Optional<String> problem() {
        FileWatch<TlsFiles> begun = watch;
        return begun == null ? Optional.empty() : begun.problem();
    }
}
