package com.wasmcloud.provider;

import com.wasmcloud.provider.logs.LogLevels;
import com.wasmcloud.provider.logs.LogSetup;
import com.wasmcloud.provider.support.Background;
import com.wasmcloud.provider.support.HeapExhaustion;
import com.wasmcloud.provider.support.Names;
import com.wasmcloud.provider.support.Threads;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A provider as a process of its own: where its host data comes from, how it ends, and with which exit code. */
final class ProviderProcess {
    private static final Logger LOG = LoggerFactory.getLogger(ProviderProcess.class);
    static final String HOST_DATA_OPTION = "--host-data";
    static final String HOST_DATA_VARIABLE = "WASMCLOUD_HOST_DATA";
    private static final Duration PATIENCE_ON_SIGNAL = Duration.ofSeconds(10);
    private static final Duration PATIENCE_DURING_START = Duration.ofSeconds(1);
    private static final Duration SOCKETS_CLOSE_WITHIN = Duration.ofMillis(100);
    private static final int CANNOT_START = 1;

    private final String name;
    private final Function<String, Lattice<?>> lattices;

    /** @param lattices the lattice that host data describes */
    ProviderProcess(String name, Function<String, Lattice<?>> lattices) {
        this.name = name;
        this.lattices = lattices;
    }

    void run(String... arguments) {
        // keeps BouncyCastle from unpacking a native library that nothing here uses, and that stays when we are killed
        System.setProperty("org.bouncycastle.native.cpu_variant", "java");
        // on a thread of its own: it takes its time, and so does reading the host data
        CompletableFuture<Void> names = CompletableFuture.runAsync(
                Names::forgetSoon,
                task -> Threads.daemons("names").newThread(task).start());
        CompletableFuture<Running> started = new CompletableFuture<>();
        FullHeap fullHeap = new FullHeap(name, started);
        HeapExhaustion.onceNoticed(fullHeap::noticed);
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            HeapExhaustion.check(failure);
            LOG.error("the thread {} ended", thread.getName(), failure);
        });
        Thread onSignal = new Thread(() -> end(started), "signal");
        Runtime.getRuntime().addShutdownHook(onSignal);
        Running running;
        boolean json = false;
        try {
            Lattice<?> lattice = lattices.apply(hostData(arguments));
            Host host = lattice.host();
            json = host.structuredLogging();
            LogSetup.apply(json, LogLevels.of(host.logLevel(), variable("RUST_LOG")), CurrentCall::fields);
            names.join(); // before any name is looked up
            running = Running.start(name, lattice);
            started.complete(running);
            IdleHeap.watch(new Background("heap"));
        } catch (IOException | RuntimeException e) {
            LogSetup.lastWords(ProviderProcess.class, json, name + " cannot start: " + e.getMessage());
            LOG.debug("the cause", e);
            halt(CANNOT_START);
            return;
        } catch (InterruptedException e) {
            halt(CANNOT_START);
            return;
        }
        try {
            running.awaitStop();
        } catch (InterruptedException e) {
            running.stop(Duration.ZERO);
        }
        fullHeap.endIfNoticed();
        halt(0);
    }

    /** On a signal. One that comes during the start waits for its end, unless that is far away. */
    private void end(CompletableFuture<Running> started) {
        LOG.info("{} is told to stop by a signal", name);
        try {
            started.get(PATIENCE_DURING_START.toMillis(), TimeUnit.MILLISECONDS).stop(PATIENCE_ON_SIGNAL);
        } catch (TimeoutException | ExecutionException e) {
            LOG.info("{} ends before it has started", name);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        halt(0);
    }

    /** Ends the process as soon as its log is written, and what it had open is closed. */
    private static void halt(int code) {
        LogSetup.flush();
        try {
            NativeThreads.awaitNone(SOCKETS_CLOSE_WITHIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(code);
    }

    private static String hostData(String... arguments) throws IOException {
        if (arguments.length == 2 && arguments[0].equals(HOST_DATA_OPTION)) {
            return HostDataLine.file(arguments[1]);
        }
        if (arguments.length > 0) {
            throw new IllegalArgumentException(
                    "unknown arguments; start it without any (host data on standard input) or with " + HOST_DATA_OPTION
                            + " FILE; --help lists what else it can do");
        }
        String variable = variable(HOST_DATA_VARIABLE);
        return variable.isBlank() ? HostDataLine.read(System.in) : variable;
    }

    private static String variable(String name) {
        String value = System.getenv(name);
        return value == null ? "" : value;
    }
}
