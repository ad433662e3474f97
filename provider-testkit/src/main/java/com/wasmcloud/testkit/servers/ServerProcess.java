package com.wasmcloud.testkit.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One server in a process of its own, on one port and with one directory of its own for as long as this lives; the
 * process itself may end and be started again. What it prints is kept in a file of the directory.
 *
 * <p>Thread-safe. Owns the process and the directory; both are gone after {@link #close}, or when the JVM ends.
 */
final class ServerProcess implements AutoCloseable {
    /** Writes what a server needs into its directory and gives the arguments it is to be started with. */
    interface Preparation {
        List<String> arguments(Path directory, String bindAddress, int port) throws IOException;
    }

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int ATTEMPTS = 10;
    private static final int TAIL = 4_000;

    private final ServerKind kind;
    private final Launcher launcher;
    private final Preparation preparation;
    private final TemporaryFolder folder;
    private final AtExit atExit = AtExit.run(this::discard);
    private int port;
    private @Nullable Process process;

    private ServerProcess(
            ServerKind kind, Launcher launcher, Preparation preparation, TemporaryFolder folder, int port) {
        this.kind = kind;
        this.launcher = launcher;
        this.preparation = preparation;
        this.folder = folder;
        this.port = port;
    }

    /**
     * Starts a server and returns when it takes connections.
     *
     * @throws IllegalStateException when it is nowhere to be found or does not come up
     */
    static ServerProcess start(ServerKind kind, ServerLookup lookup, Preparation preparation) {
        Launcher launcher = lookup.find();
        ServerProcess server =
                new ServerProcess(kind, launcher, preparation, TemporaryFolder.of(kind.program()), Ports.free());
        try {
            server.startOnSomePort();
        } catch (RuntimeException failure) {
            server.close();
            throw failure;
        }
        return server;
    }

    synchronized int port() {
        return port;
    }

    synchronized long pid() {
        if (process == null) {
            throw new IllegalStateException(kind.program() + " has not been started");
        }
        return process.pid();
    }

    Path directory() {
        return folder.path();
    }

    synchronized boolean running() {
        return process != null && process.isAlive();
    }

    /** Everything that the server has printed, over all its starts. */
    String log() {
        try {
            return Files.exists(logFile()) ? new String(Files.readAllBytes(logFile()), StandardCharsets.UTF_8) : "";
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Starts the server again where it was, after it ended. */
    synchronized void startAgain() {
        if (running()) {
            throw new IllegalStateException("%s on port %d is still running".formatted(kind.program(), port));
        }
        if (!cameUp()) {
            throw notUp("its port is in use");
        }
    }

    /** Sends a signal and, when it is one that ends a process, waits for that end. */
    synchronized void signal(String signal) {
        if (process == null || !process.isAlive()) {
            return;
        }
        try {
            launcher.signal(process, directory(), signal);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        boolean ends = signal.equals("KILL") || signal.equals("TERM");
        if (ends && !Commands.ended(process, PATIENCE)) {
            throw new IllegalStateException("%s on port %d did not end within %d s of signal %s"
                    .formatted(kind.program(), port, PATIENCE.toSeconds(), signal));
        }
    }

    @Override
    public void close() {
        discard();
        atExit.cancel();
    }

    private synchronized void startOnSomePort() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (cameUp()) {
                return;
            }
            port = Ports.free();
        }
        throw notUp("%d ports in turn were in use".formatted(ATTEMPTS));
    }

    /** False when the port was in use. */
    private boolean cameUp() {
        int printedBefore = log().length();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Process started = launch();
        process = started;
        while (System.nanoTime() < deadline) {
            boolean ended = Commands.ended(started, Duration.ofMillis(5));
            String printed = log().substring(printedBefore);
            if (!ended && printed.contains(kind.readyText())) {
                return true;
            }
            if (ended && printed.toLowerCase(Locale.ROOT).contains("address already in use")) {
                return false;
            }
            if (ended) {
                throw notUp("it ended with code " + started.exitValue());
            }
        }
        throw notUp("it was not ready within %d s".formatted(PATIENCE.toSeconds()));
    }

    private Process launch() {
        try {
            List<String> arguments = preparation.arguments(directory(), launcher.bindAddress(), port);
            return new ProcessBuilder(launcher.command(directory(), port, arguments))
                    .directory(directory().toFile())
                    .redirectErrorStream(true)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()))
                    .start();
        } catch (IOException failure) {
            throw new UncheckedIOException(
                    "cannot start %s: %s".formatted(kind.program(), failure.getMessage()), failure);
        }
    }

    private IllegalStateException notUp(String why) {
        String log = log();
        return new IllegalStateException("%s on port %d did not come up: %s; it printed: %s"
                .formatted(
                        kind.program(),
                        port,
                        why,
                        log.substring(Math.max(0, log.length() - TAIL)).strip()));
    }

    private synchronized void discard() {
        if (process != null && process.isAlive()) {
            try {
                launcher.signal(process, directory(), "KILL");
            } catch (IOException gone) {
                process.destroyForcibly();
            }
            Commands.ended(process, PATIENCE);
        }
        folder.delete();
    }

    private Path logFile() {
        return directory().resolve("server.log");
    }
}
