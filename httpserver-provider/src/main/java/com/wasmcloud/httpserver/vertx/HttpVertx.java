package com.wasmcloud.httpserver.vertx;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.util.concurrent.TimeUnit;

/** A Vert.x and its sockets. */
record HttpVertx(Vertx vertx, GuardedSockets sockets) {
    /** Starts a Vert.x without what a provider does not use; takes a moment. */
    static HttpVertx start() {
        GuardedSockets sockets = new GuardedSockets();
        VertxOptions options = new VertxOptions()
                .setEventLoopPoolSize(Runtime.getRuntime().availableProcessors())
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setUseDaemonThread(true)
                .setDisableTCCL(true)
                // the first requests of a process load classes, which takes its time on a busy machine
                .setMaxEventLoopExecuteTime(10)
                .setMaxEventLoopExecuteTimeUnit(TimeUnit.SECONDS)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false));
        return new HttpVertx(
                Vertx.builder().with(options).withTransport(sockets).build(), sockets);
    }
}
