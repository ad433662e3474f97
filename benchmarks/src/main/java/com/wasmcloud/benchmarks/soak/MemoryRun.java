package com.wasmcloud.benchmarks.soak;

import com.wasmcloud.benchmarks.Arguments;
import com.wasmcloud.benchmarks.report.MachineWatch;
import com.wasmcloud.benchmarks.report.ProcFs;
import com.wasmcloud.benchmarks.report.Table;
import com.wasmcloud.testkit.host.ProviderProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Providers in a small container, under loads of large bodies: does any call fail, and is memory given back after it? */
public final class MemoryRun {
    private static final Duration SETTLE = Duration.ofSeconds(10);
    private static final Duration REST = Duration.ofMinutes(1);

    private final int minutes;
    private final int mebibytes;
    private final List<String> loads;
    private final Function<String, Path> executables;
    private final Table table = new Table(
            1,
            "load",
            "calls",
            "failed",
            "idle, MiB",
            "most, MiB",
            "after a minute of rest, MiB",
            "x idle",
            "provider");

    private MemoryRun(int minutes, int mebibytes, List<String> loads, Function<String, Path> executables) {
        this.minutes = minutes;
        this.mebibytes = mebibytes;
        this.loads = loads;
        this.executables = executables;
    }

    /** What the command line says. */
    public static MemoryRun of(Arguments arguments, Function<String, Path> executables) {
        return new MemoryRun(
                arguments.number("--minutes", 1, 10),
                arguments.number("--container", 0, 256),
                Arrays.asList(arguments.text("--loads", "keyvalue,http,blobs").split(",", -1)),
                executables);
    }

    /** Runs one load after the other, each with a provider and servers of its own, and prints the table. */
    public void run(PrintStream out) throws IOException, InterruptedException {
        try (MachineWatch machine = MachineWatch.start()) {
            for (String load : loads) {
                try (Container container = Container.of(mebibytes);
                        Servers servers = Servers.start()) {
                    measure(start(load, container, servers), out);
                }
            }
            out.println(table);
            out.println((mebibytes == 0 ? "" : "Containers of %d MiB. ".formatted(mebibytes)) + machine.verdict());
        }
    }

    private ProviderUnderLoad start(String load, Container container, Servers servers) throws IOException {
        return switch (load) {
            case "keyvalue" ->
                KeyValueUnderLoad.start(servers, container.around(executables.apply("keyvalue-redis-provider")));
            case "http" -> HttpUnderLoad.start(servers, container.around(executables.apply("httpserver-provider")));
            case "blobs" -> BlobsUnderLoad.start(servers, container.around(executables.apply("blobstore-s3-provider")));
            default -> throw new IllegalArgumentException("there is no load " + load);
        };
    }

    private void measure(ProviderUnderLoad provider, PrintStream out) throws InterruptedException {
        ProviderProcess process = provider.provider().process();
        TimeUnit.NANOSECONDS.sleep(SETTLE.toNanos());
        double idle = ProcFs.residentMebibytes(process.pid());
        Traffic traffic = provider.large();
        traffic.start();
        double most = idle;
        for (int second = 0; second < 60 * minutes && process.running(); second++) {
            TimeUnit.SECONDS.sleep(1);
            most = Math.max(most, ProcFs.mostResidentMebibytes(process.pid()));
        }
        traffic.close();
        TimeUnit.NANOSECONDS.sleep(REST.toNanos());
        double rested = ProcFs.residentMebibytes(process.pid());
        table.row(
                traffic.name(),
                "%,d".formatted(traffic.calls()),
                Long.toString(traffic.failed()),
                "%.0f".formatted(idle),
                "%.0f".formatted(most),
                "%.0f".formatted(rested),
                String.format(Locale.ROOT, "%.2f", rested / idle),
                process.running() ? "alive" : "ENDED");
        traffic.failures().forEach((failure, times) -> out.printf("%d x %s%n", times, failure));
        if (!process.running()) {
            out.println(process.log());
        }
    }
}
