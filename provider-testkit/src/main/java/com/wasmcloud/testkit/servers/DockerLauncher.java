package com.wasmcloud.testkit.servers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs a program out of a container image, as this user, with one port published on loopback. */
record DockerLauncher(String image, String program) implements Launcher {
    @Override
    public String bindAddress() {
        return "0.0.0.0";
    }

    @Override
    public List<String> command(Path directory, int port, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("docker", "run", "--rm", "--name", container(directory)));
        command.addAll(List.of("--publish", "127.0.0.1:%1$d:%1$d".formatted(port)));
        command.addAll(List.of("--volume", "%1$s:%1$s".formatted(directory)));
        command.addAll(List.of("--user", Commands.userAndGroup(), "--entrypoint", program, image));
        command.addAll(arguments);
        return command;
    }

    @Override
    public void signal(Process process, Path directory, String signal) throws IOException {
        Commands.check("docker", "kill", "--signal", signal, container(directory));
    }

    /** Directories of servers are new for each server, so their names are unique. */
    private static String container(Path directory) {
        return directory.getFileName().toString();
    }
}
