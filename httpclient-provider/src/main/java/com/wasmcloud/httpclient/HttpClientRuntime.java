package com.wasmcloud.httpclient;

import com.wasmcloud.provider.logs.LogSetup;
import com.wasmcloud.provider.support.Background;
import com.wasmcloud.provider.support.HostNames;
import com.wasmcloud.provider.support.Shared;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.net.InetAddress;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;

/**
 * What the links of a process share: the threads for sockets, and those for what may block. There are none of the former
 * without links.
 *
 * <p>Thread-safe.
 */
final class HttpClientRuntime {
    private static final String ALL_LINKS = "all links";

    private final Background background = new Background("http");
    private final Shared<String, Vertx> shared = new Shared<>(new Life());
    private final HostNames names;

    HttpClientRuntime() {
        this(InetAddress::getAllByName);
    }

    /** With another way to look up names. */
    HttpClientRuntime(HostNames.Lookup lookup) {
        names = new HostNames(lookup, background.executor());
    }

    Background background() {
        return background;
    }

    HostNames names() {
        return names;
    }

    /** Begins to use the threads for sockets. */
    Shared.Use<Vertx> use() {
        return shared.use(ALL_LINKS);
    }

    private static final class Life implements Shared.Life<String, Vertx> {
        @Override
        public Vertx begin(String key, @Nullable Vertx ending) {
            // what it says of each connection that fails, the answer to the call says, and shorter
            LogSetup.quieten("io.vertx.core.net.impl", Level.OFF);
            LogSetup.quieten("io.vertx.core.http.impl", Level.OFF);
            return Vertx.vertx(new VertxOptions()
                    .setEventLoopPoolSize(Runtime.getRuntime().availableProcessors())
                    .setWorkerPoolSize(1)
                    .setUseDaemonThread(true)
                    .setDisableTCCL(true)
                    // the first requests of a process load classes, which takes its time on a busy machine
                    .setMaxEventLoopExecuteTime(10)
                    .setMaxEventLoopExecuteTimeUnit(TimeUnit.SECONDS)
                    .setFileSystemOptions(
                            new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        }

        @Override
        public CompletionStage<?> end(Vertx vertx) {
            return vertx.close().toCompletionStage();
        }
    }
}
