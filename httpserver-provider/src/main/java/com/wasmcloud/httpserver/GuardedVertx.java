package com.wasmcloud.httpserver;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.util.concurrent.TimeUnit;

/** A Vert.x, and the sockets that it works with. */
record GuardedVertx(Vertx vertx, GuardedTransport transport) {
    /** Starts one without all that a provider does not use; takes its time. */
    static GuardedVertx start() {
        GuardedTransport transport = new GuardedTransport();
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
        return new GuardedVertx(
                Vertx.builder().with(options).withTransport(transport).build(), transport);
    }
}
