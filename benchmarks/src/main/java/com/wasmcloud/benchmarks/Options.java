package com.wasmcloud.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * How a load run is made.
 *
 * @param callers each of these numbers of callers is measured
 * @param rounds how often everything is measured; the median counts
 * @param timed how long one measurement takes
 * @param warmUp how long a candidate is under load before the first one
 * @param starts how often each candidate is started to measure that
 * @param callsPerStart after how many calls its memory is measured
 * @param slowClients of HTTP, beside the callers
 * @param reporting whether the first provider is measured once more while it reports traces and metrics
 * @param providers executables that are compared with the naked responder
 */
record Options(
        List<Integer> callers,
        int rounds,
        Duration timed,
        Duration warmUp,
        int starts,
        int callsPerStart,
        int slowClients,
        boolean reporting,
        List<Path> providers) {
    static final String USAGE = """
              --provider PATH    the executable of this build to measure, instead of the one in its target folder
              --peer PATH        another executable to measure, started in the same way; may be repeated
              --callers N,N,...  numbers of callers or connections
              --rounds N         how often everything is measured; the median counts; 0 leaves the load out
              --seconds N        length of one measurement
              --starts N         how often each program is started to measure start and memory;
                                 0 leaves that out
              --reporting        keyvalue only: measure the provider once more while it sends traces and metrics to a
                                 collector
              --slow N           HTTP only: so many clients that never finish a request, beside the callers
            """;

    /** What is measured when no option says otherwise. */
    static Options standard(List<Integer> callers) {
        return new Options(callers, 5, Duration.ofSeconds(3), Duration.ofSeconds(10), 5, 100_000, 0, false, List.of());
    }

    /**
     * The same with what the command line says.
     *
     * @param provider the executable of this build
     * @throws IllegalArgumentException with a sentence for the user
     */
    Options with(Path provider, List<String> arguments) {
        Options options = this;
        Path first = provider;
        List<Path> peers = new ArrayList<>();
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            String name = rest.next();
            if (name.equals("--reporting")) {
                options = options.reporting(true);
                continue;
            }
            if (!rest.hasNext()) {
                throw new IllegalArgumentException(name + " needs a value");
            }
            String value = rest.next();
            switch (name) {
                case "--provider" -> first = Path.of(value);
                case "--peer" -> peers.add(Path.of(value));
                case "--callers" -> options = options.callers(numbers(name, value));
                case "--rounds" -> options = options.rounds(number(name, value, 0));
                case "--seconds" -> options = options.timed(Duration.ofSeconds(number(name, value, 1)));
                case "--slow" -> options = options.slowClients(number(name, value, 0));
                case "--starts" -> options = options.starts(number(name, value, 0));
                default -> throw new IllegalArgumentException("there is no option " + name);
            }
        }
        peers.add(0, first);
        return options.providers(peers);
    }

    private Options callers(List<Integer> numbers) {
        return new Options(numbers, rounds, timed, warmUp, starts, callsPerStart, slowClients, reporting, providers);
    }

    private Options rounds(int number) {
        return new Options(callers, number, timed, warmUp, starts, callsPerStart, slowClients, reporting, providers);
    }

    private Options timed(Duration each) {
        return new Options(callers, rounds, each, warmUp, starts, callsPerStart, slowClients, reporting, providers);
    }

    private Options starts(int number) {
        return new Options(callers, rounds, timed, warmUp, number, callsPerStart, slowClients, reporting, providers);
    }

    private Options slowClients(int number) {
        return new Options(callers, rounds, timed, warmUp, starts, callsPerStart, number, reporting, providers);
    }

    private Options reporting(boolean wanted) {
        return new Options(callers, rounds, timed, warmUp, starts, callsPerStart, slowClients, wanted, providers);
    }

    private Options providers(List<Path> executables) {
        for (Path executable : executables) {
            if (!Files.isExecutable(executable)) {
                throw new IllegalArgumentException(
                        executable + " is not an executable file; build the providers with 'mvn package'");
            }
        }
        return new Options(
                callers,
                rounds,
                timed,
                warmUp,
                starts,
                callsPerStart,
                slowClients,
                reporting,
                executables.stream().map(Path::toAbsolutePath).toList());
    }

    private static List<Integer> numbers(String name, String text) {
        return Arrays.stream(text.split(",", -1))
                .map(each -> number(name, each, 1))
                .toList();
    }

    private static int number(String name, String text, int least) {
        try {
            int number = Integer.parseInt(text);
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " needs whole numbers, not '" + text + "'", e);
        }
        throw new IllegalArgumentException(name + " needs numbers from " + least);
    }
}
