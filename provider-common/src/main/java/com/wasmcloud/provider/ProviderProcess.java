package com.wasmcloud.provider;

import com.wasmcloud.lattice.HostData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.LoggerFactory;

/** A provider as a process of its own: where its host data comes from, how it ends, and with which exit code. */
final class ProviderProcess<S extends AutoCloseable> {
    private static final String HOST_DATA_OPTION = "--host-data";
    private static final String HOST_DATA_VARIABLE = "WASMCLOUD_HOST_DATA";
    private static final Duration PATIENCE_ON_SIGNAL = Duration.ofSeconds(10);

    private final Provider<S> provider;

    ProviderProcess(Provider<S> provider) {
        this.provider = provider;
    }

    void run(String... arguments) {
        // keeps BouncyCastle from unpacking a native library that nothing here uses, and that stays when we are killed
        System.setProperty("org.bouncycastle.native.cpu_variant", "java");
        Running running;
        boolean json = false;
        try {
            HostData host = hostData(arguments);
            json = host.structuredLogging();
            LogSetup.apply(host.structuredLogging(), LogLevels.of(host.logLevel(), variable("RUST_LOG")));
            running = provider.start(host);
        } catch (IOException | RuntimeException e) {
            LogSetup.lastWords(json, provider.name() + " cannot start: " + e.getMessage());
            LoggerFactory.getLogger(ProviderProcess.class).debug("the cause", e);
            Runtime.getRuntime().halt(1);
            return;
        } catch (InterruptedException e) {
            Runtime.getRuntime().halt(1);
            return;
        }
        Thread onSignal = new Thread(
                () -> {
                    running.stop(PATIENCE_ON_SIGNAL);
                    Runtime.getRuntime().halt(0);
                },
                "signal");
        Runtime.getRuntime().addShutdownHook(onSignal);
        try {
            running.awaitStop();
        } catch (InterruptedException e) {
            running.stop(Duration.ZERO);
        }
        Runtime.getRuntime().halt(0);
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
