package com.wasmcloud.testkit.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs a program of this machine. */
record FileLauncher(Path file) implements Launcher {
    /** Keeps the Ctrl-C of a terminal from a server, which is to outlive whoever still needs it; becomes the server. */
    private static final Path OWN_SESSION = Path.of("/usr/bin/setsid");

    @Override
    public String bindAddress() {
        return "127.0.0.1";
    }

    @Override
    public List<String> command(Path directory, int port, List<String> arguments) {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(OWN_SESSION)) {
            command.add(OWN_SESSION.toString());
        }
        command.add(file.toString());
        command.addAll(arguments);
        return command;
    }

    @Override
    public void signal(Process process, Path directory, String signal) throws IOException {
        switch (signal) {
            case "KILL" -> process.destroyForcibly();
            case "TERM" -> process.destroy();
            default -> Commands.check("kill", "-" + signal, Long.toString(process.pid()));
        }
    }
}
