package com.wasmcloud.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A program that is measured.
 *
 * @param subject its subject on the lattice; it is asked for its health below that
 * @param command path and arguments, started with an empty environment
 * @param input what it reads on standard input, closed after that
 * @param load makes the load on it, once it is healthy
 */
record Candidate(String name, String subject, List<String> command, String input, Opener load) {
    /** Opens the load. */
    @FunctionalInterface
    interface Opener {
        Load open() throws IOException, InterruptedException;
    }

    /** A program that a run only needs. */
    static Candidate unmeasured(String name, String subject, List<String> command) {
        return new Candidate(name, subject, command, "", () -> {
            throw new IllegalStateException(name + " is not measured");
        });
    }

    /** A name for an executable: that of its file, with a number where others of that name are measured too. */
    static String name(Path executable, List<Candidate> others) {
        String file = executable.getFileName().toString();
        long same = others.stream()
                .filter(other -> other.command.get(0).endsWith("/" + file))
                .count();
        return same == 0 ? file : file + " (" + (same + 1) + ")";
    }

    /** The command for a main class of this module, in a Java of its own like the one that runs now. */
    static List<String> java(Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** A port that nobody has at this moment. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
