package com.wasmcloud.benchmarks.candidate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A program that is measured.
 *
 * @param subject its subject on the lattice; it is asked for its health below that
 * @param command path and arguments, started with an empty environment
 * @param input what it reads on standard input, closed after that
 * @param loads makes the load of each kind of call on it, once it is healthy
 */
public record Candidate(
        String name, Role role, String subject, List<String> command, String input, Map<String, Opener> loads) {
    /** What the others are compared with it for. */
    public enum Role {
        /** Sends messages back: what the messages alone cost, and how fast the machine is. */
        ECHO,
        /** The least that has to be done for a call. */
        BASELINE,
        /** This project's. */
        OURS,
        /** Another provider of the same contract. */
        PEER
    }

    /** Opens the load. */
    @FunctionalInterface
    public interface Opener {
        /**
         * Connects and sees that a call works.
         *
         * @throws UnsupportedOperationException when the program does not have that call; it gets no row then
         */
        Load open() throws IOException, InterruptedException;
    }

    /** A program that a run only needs. */
    public static Candidate unmeasured(String name, String subject, List<String> command, String input) {
        return new Candidate(name, Role.BASELINE, subject, command, input, Map.of());
    }

    /** A provider's executable, named like its file, with a number where others of that name are measured too. */
    public static Candidate provider(
            Path executable, List<Candidate> others, String subject, String input, Map<String, Opener> loads) {
        String file = executable.getFileName().toString();
        long same = others.stream()
                .filter(other -> other.command.get(0).endsWith("/" + file))
                .count();
        boolean first = others.stream().noneMatch(other -> other.role == Role.OURS);
        String name = same == 0 ? file : file + " (" + (same + 1) + ")";
        return new Candidate(
                name, first ? Role.OURS : Role.PEER, subject, List.of(executable.toString()), input, loads);
    }

    /** The command for a main class of this module, in a Java of its own like the one that runs now. */
    public static List<String> java(Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }
}
