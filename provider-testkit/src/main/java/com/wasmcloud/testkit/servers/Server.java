package com.wasmcloud.testkit.servers;

/**
 * A real server in a process of its own on a free port of 127.0.0.1.
 *
 * <p>Thread-safe. Whoever starts one closes it; a JVM that ends in order takes its servers with it. Its files are in a
 * temporary directory and vanish with it.
 */
public abstract sealed class Server implements AutoCloseable permits NatsServer, RedisServer, S3Process {
    private final ServerProcess process;

    Server(ServerProcess process) {
        this.process = process;
    }

    final ServerProcess process() {
        return process;
    }

    /** The port it listens on, the same for all its life. */
    public final int port() {
        return process.port();
    }

    /** The id of its process, another one after each restart. */
    public final long pid() {
        return process.pid();
    }

    /** Whether its process lives. */
    public final boolean running() {
        return process.running();
    }

    /** Everything that the server has printed so far, over all its starts. */
    public final String log() {
        return process.log();
    }

    /** Ends the process as {@code kill -9} does: at once, with nothing written or said first. */
    public final void kill() {
        process.signal("KILL");
    }

    /** Ends the process in its own orderly way and waits for that. */
    public final void stop() {
        process.signal("TERM");
    }

    /**
     * Starts the process again after {@link #kill} or {@link #stop}, on the same port and with the same files; returns
     * when it takes connections.
     *
     * @throws IllegalStateException when it still runs or does not come up
     */
    public final void restart() {
        process.startAgain();
    }

    /** Halts the process where it is: connections stay open, and nothing is answered. */
    public final void freeze() {
        process.signal("STOP");
    }

    /** Lets a halted process go on. */
    public final void thaw() {
        process.signal("CONT");
    }

    @Override
    public final void close() {
        process.close();
    }
}
