package com.wasmcloud.benchmarks.load;

import com.wasmcloud.benchmarks.Arguments;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * How a load run is made.
 *
 * @param callers each of these numbers of callers is measured
 * @param rounds how often everything is measured; the median counts; 0 leaves the load out
 * @param timed how long one measurement takes
 * @param warmUp how long a candidate is under load before the first one
 * @param starts how often each candidate is started to measure that; 0 leaves start and memory out
 * @param memory how long the load, and the rest after it, take before memory is measured
 * @param slowClients of HTTP, beside the callers
 * @param reporting whether the first provider is measured once more while it reports traces and metrics
 * @param providers executables that are compared, ours first
 */
public record LoadOptions(
        List<Integer> callers,
        int rounds,
        Duration timed,
        Duration warmUp,
        int starts,
        Duration memory,
        int slowClients,
        boolean reporting,
        List<Path> providers) {
    /** What the command line says. */
    public static LoadOptions of(Arguments arguments, Path ours, List<Integer> callers) {
        Path provider = arguments.executable("--provider", ours);
        List<Path> peers = arguments.executables("--peer");
        return new LoadOptions(
                arguments.numbers("--callers", 1, callers),
                arguments.number("--rounds", 0, 5),
                Duration.ofSeconds(arguments.number("--seconds", 1, 3)),
                Duration.ofSeconds(arguments.number("--warm-up", 1, 10)),
                arguments.number("--starts", 0, 5),
                Duration.ofSeconds(arguments.number("--memory", 1, 60)),
                arguments.number("--slow", 0, 0),
                arguments.has("--reporting"),
                Stream.concat(Stream.of(provider), peers.stream()).toList());
    }

    /** The same for one number of callers, and without starts. */
    LoadOptions only(int number) {
        return new LoadOptions(List.of(number), rounds, timed, warmUp, 0, memory, slowClients, reporting, providers);
    }
}
