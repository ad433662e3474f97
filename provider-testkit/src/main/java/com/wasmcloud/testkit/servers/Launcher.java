package com.wasmcloud.testkit.servers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A way to run one server program, found by a {@link ServerLookup}. Immutable and thread-safe. */
interface Launcher {
    /** The address that the server has to listen on so that it can be reached on 127.0.0.1 of this machine. */
    String bindAddress();

    /**
     * The command line that runs the server in the foreground.
     *
     * @param directory where the server keeps its files, with this very path for the server as well
     * @param port what it listens on
     */
    List<String> command(Path directory, int port, List<String> arguments);

    /** Sends {@code KILL}, {@code TERM}, {@code STOP} or {@code CONT} to the server itself. */
    void signal(Process process, Path directory, String signal) throws IOException;
}
