package com.wasmcloud.benchmarks.soak;

import com.wasmcloud.benchmarks.Arguments;
import com.wasmcloud.benchmarks.report.MachineWatch;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * All four providers under mixed traffic for a long time, at a rate that keeps about one of two processors busy: counts
 * the calls that fail, and looks whether memory, threads and descriptors stay what they are.
 */
public final class SoakRun {
    private static final Duration REST = Duration.ofMinutes(1);
    private static final String HEADER = """
            | minute | provider       |     calls | failed | resident, MiB | heap, MiB | threads | descriptors |
            |-------:|----------------|----------:|-------:|--------------:|----------:|--------:|------------:|
            """;

    private final int minutes;
    private final int every;
    private final int percent;
    private final Function<String, Path> executables;

    private SoakRun(int minutes, int every, int percent, Function<String, Path> executables) {
        this.minutes = minutes;
        this.every = every;
        this.percent = percent;
        this.executables = executables;
    }

    /** What the command line says. */
    public static SoakRun of(Arguments arguments, Function<String, Path> executables) {
        return new SoakRun(
                arguments.number("--minutes", 1, 60),
                arguments.number("--every", 1, 5),
                arguments.number("--percent", 1, 100),
                executables);
    }

    /** Starts servers and providers of its own, and prints a table that grows, with a verdict at its end. */
    public void run(PrintStream out) throws IOException, InterruptedException {
        try (Servers servers = Servers.start();
                MachineWatch machine = MachineWatch.start()) {
            List<Watched> all = List.of(
                    watched(KeyValueUnderLoad.start(servers, executables.apply("keyvalue-redis-provider"))),
                    watched(HttpUnderLoad.start(servers, executables.apply("httpserver-provider"))),
                    watched(BlobsUnderLoad.start(servers, executables.apply("blobstore-s3-provider"))),
                    watched(LogUnderLoad.start(servers, executables.apply("logging-provider"))));
            out.print(HEADER);
            print(out, 0, all);
            all.forEach(Watched::start);
            for (int minute = 1; minute <= minutes; minute++) {
                TimeUnit.MINUTES.sleep(1);
                for (Watched each : all) {
                    each.sample();
                }
                if (minute % every == 0 || minute == minutes) {
                    print(out, minute, all);
                }
            }
            for (Watched each : all) {
                each.stop();
            }
            TimeUnit.NANOSECONDS.sleep(REST.toNanos());
            print(out, minutes + 1, all);
            out.printf("%nThe last minute was one of rest. %s%n%n", machine.verdict());
            for (Watched each : all) {
                each.verdict(out);
            }
        }
    }

    private Watched watched(ProviderUnderLoad provider) {
        return new Watched(provider, provider.ordinary(percent));
    }

    private static void print(PrintStream out, int minute, List<Watched> all) throws IOException, InterruptedException {
        for (Watched each : all) {
            each.print(out, minute);
        }
        out.flush();
    }

    /** A provider, its traffic, and the samples that were taken. */
    private static final class Watched {
        private final ProviderUnderLoad provider;
        private final List<Traffic> traffic;
        private final List<ProcessSample> samples = new ArrayList<>();

        Watched(ProviderUnderLoad provider, List<Traffic> traffic) {
            this.provider = provider;
            this.traffic = traffic;
        }

        void start() {
            traffic.forEach(Traffic::start);
        }

        void stop() throws InterruptedException {
            for (Traffic each : traffic) {
                each.close();
            }
        }

        void sample() throws IOException, InterruptedException {
            samples.add(now());
        }

        private ProcessSample now() throws IOException, InterruptedException {
            return ProcessSample.of(provider.provider().process().pid());
        }

        private long calls() {
            return traffic.stream().mapToLong(Traffic::calls).sum();
        }

        private long failed() {
            return traffic.stream().mapToLong(Traffic::failed).sum();
        }

        void print(PrintStream out, int minute) throws IOException, InterruptedException {
            ProcessSample now = now();
            out.printf(
                    Locale.ROOT,
                    "| %6d | %-14s | %,9d | %6d | %13.0f | %9.0f | %7d | %11d |%n",
                    minute,
                    provider.name(),
                    calls(),
                    failed(),
                    now.residentMebibytes(),
                    now.heapMebibytes(),
                    now.threads(),
                    now.descriptors());
        }

        void verdict(PrintStream out) {
            out.printf("* %s: %s, %,d calls, %d failed%n", provider.name(), Flatness.of(samples), calls(), failed());
            for (Traffic each : traffic) {
                each.failures().forEach((failure, times) -> out.printf("    * %d x %s%n", times, failure));
            }
            if (!provider.provider().process().running()) {
                out.printf(
                        "    * it has ended; its log: %s%n",
                        provider.provider().process().log());
            }
        }
    }
}
