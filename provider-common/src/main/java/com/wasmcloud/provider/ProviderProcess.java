package com.wasmcloud.provider;

import com.wasmcloud.provider.logs.LogLevels;
import com.wasmcloud.provider.logs.LogSetup;
import com.wasmcloud.wasmbus.HostData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A provider as a process of its own: where its host data comes from, how it ends, and with which exit code. */
final class ProviderProcess<S extends AutoCloseable> {
    private static final Logger LOG = LoggerFactory.getLogger(ProviderProcess.class);
    private static final String HOST_DATA_OPTION = "--host-data";
    private static final String HOST_DATA_VARIABLE = "WASMCLOUD_HOST_DATA";
    private static final Duration PATIENCE_ON_SIGNAL = Duration.ofSeconds(10);
    private static final Duration PATIENCE_DURING_START = Duration.ofSeconds(1);

    private final Provider<S> provider;

    ProviderProcess(Provider<S> provider) {
        this.provider = provider;
    }

    void run(String... arguments) {
        // keeps BouncyCastle from unpacking a native library that nothing here uses, and that stays when we are killed
        System.setProperty("org.bouncycastle.native.cpu_variant", "java");
        CompletableFuture<Running> started = new CompletableFuture<>();
        Thread onSignal = new Thread(() -> end(started), "signal");
        Runtime.getRuntime().addShutdownHook(onSignal);
        Running running;
        boolean json = false;
        try {
            HostData host = hostData(arguments);
            json = host.structuredLogging();
            LogSetup.apply(
                    host.structuredLogging(), LogLevels.of(host.logLevel(), variable("RUST_LOG")), CurrentCall::fields);
            running = provider.start(host);
            started.complete(running);
        } catch (IOException | RuntimeException e) {
            LogSetup.lastWords(ProviderProcess.class, json, provider.name() + " cannot start: " + e.getMessage());
            LOG.debug("the cause", e);
            halt(1);
            return;
        } catch (InterruptedException e) {
            halt(1);
            return;
        }
        try {
            running.awaitStop();
        } catch (InterruptedException e) {
            running.stop(Duration.ZERO);
        }
        halt(0);
    }

    /** On a signal. One that comes during the start waits for its end, unless that is far away. */
    private void end(CompletableFuture<Running> started) {
        LOG.info("{} is told to stop by a signal", provider.name());
        try {
            started.get(PATIENCE_DURING_START.toMillis(), TimeUnit.MILLISECONDS).stop(PATIENCE_ON_SIGNAL);
        } catch (TimeoutException | ExecutionException e) {
            LOG.info("{} ends before it has started", provider.name());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        halt(0);
    }

    /** Ends the process as soon as its log is written. */
    private static void halt(int code) {
        LogSetup.flush();
        Runtime.getRuntime().halt(code);
    }

    private static HostData hostData(String... arguments) throws IOException {
        if (arguments.length == 2 && arguments[0].equals(HOST_DATA_OPTION)) {
            return HostData.parse(Files.readString(Path.of(arguments[1])));
        }
        if (arguments.length > 0) {
            throw new IllegalArgumentException(
                    "unknown arguments; start it without any (host data on standard input) or with " + HOST_DATA_OPTION
                            + " FILE");
        }
        String variable = variable(HOST_DATA_VARIABLE);
        return variable.isBlank() ? HostData.read(System.in) : HostData.parse(variable);
    }

    private static String variable(String name) {
        String value = System.getenv(name);
        return value == null ? "" : value;
    }
}
