package com.wasmcloud.benchmarks;

import com.wasmcloud.benchmarks.load.BlobRun;
import com.wasmcloud.benchmarks.load.HttpClientRun;
import com.wasmcloud.benchmarks.load.HttpRun;
import com.wasmcloud.benchmarks.load.KeyValueRun;
import com.wasmcloud.benchmarks.load.LoadOptions;
import com.wasmcloud.benchmarks.outage.OutageRun;
import com.wasmcloud.benchmarks.soak.MemoryRun;
import com.wasmcloud.benchmarks.soak.SoakRun;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The command line: what to measure, and its options. */
public final class Benchmarks {
    private static final String USAGE = """
            usage: java -jar benchmarks.jar micro [options of JMH]
                   java -jar benchmarks.jar keyvalue|http|httpclient|blobstore|outage|soak|memory [option value]...

            options of keyvalue, http, httpclient and blobstore:
              --provider PATH    the executable of this build to measure, instead of the one in its target folder
              --peer PATH        another executable to measure, started in the same way; may be repeated
              --callers N,N,...  numbers of callers or connections
              --rounds N         how often everything is measured; the median counts; 0 leaves the load out
              --seconds N        length of one measurement
              --warm-up N        seconds of load before the first one, for each kind of call
              --starts N         how often each program is started to measure start and memory;
                                 0 leaves that out
              --memory N         seconds of load, and then of rest, before memory is measured
              --reporting        keyvalue only: measures the provider once more while it reports traces and metrics
              --slow N           HTTP only: so many clients beside the callers send a byte twice a second
            options of soak:
              --minutes N        how long (60)
              --every N          minutes between two samples (5)
              --percent N        of the usual number of calls (100), which keeps about one processor busy
            options of memory:
              --minutes N        how long each load lasts (10)
              --container N      MiB that the provider may have (256); 0 for no limit but WASMCLOUD_JAVA_OPTS
              --loads A,B,...    which of keyvalue, http, blobstore
            """;

    private Benchmarks() {}

    /** Runs what the first argument names; the tables go to standard output, progress to standard error. */
    public static void main(String... arguments) throws IOException, InterruptedException {
        String command = arguments.length == 0 ? "" : arguments[0];
        List<String> rest = Arrays.asList(arguments).subList(Math.min(1, arguments.length), arguments.length);
        try {
            if (command.equals("micro")) {
                org.openjdk.jmh.Main.main(rest.toArray(new String[0]));
            } else {
                run(command, new Arguments(rest), System.err);
            }
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n\n" + USAGE);
            System.exit(2);
        } catch (IllegalStateException e) {
            System.err.println("cannot measure: " + e.getMessage());
            System.exit(1);
        }
    }

    private static void run(String command, Arguments arguments, PrintStream progress)
            throws IOException, InterruptedException {
        switch (command) {
            case "keyvalue" -> {
                Path ours = executable("keyvalue-redis-provider");
                LoadOptions options = LoadOptions.of(arguments, ours, KeyValueRun.CALLERS);
                arguments.end();
                System.out.println(KeyValueRun.run(options, progress));
            }
            case "http" -> {
                LoadOptions options = LoadOptions.of(arguments, executable("httpserver-provider"), HttpRun.CALLERS);
                arguments.end();
                System.out.println(HttpRun.run(options, progress));
            }
            case "httpclient" -> {
                LoadOptions options =
                        LoadOptions.of(arguments, executable("httpclient-provider"), HttpClientRun.CALLERS);
                arguments.end();
                System.out.println(HttpClientRun.run(options, progress));
            }
            case "blobstore" -> {
                LoadOptions options = LoadOptions.of(arguments, executable("blobstore-s3-provider"), BlobRun.CALLERS);
                arguments.end();
                System.out.println(BlobRun.run(options, progress));
            }
            case "outage" -> {
                Path provider = arguments.executable("--provider", executable("keyvalue-redis-provider"));
                arguments.end();
                System.out.println(OutageRun.run(provider, progress));
            }
            case "soak" -> {
                SoakRun soak = SoakRun.of(arguments, Benchmarks::executable);
                arguments.end();
                soak.run(System.out);
            }
            case "memory" -> {
                MemoryRun memory = MemoryRun.of(arguments, Benchmarks::executable);
                arguments.end();
                memory.run(System.out);
            }
            default -> throw new IllegalArgumentException("name what to measure");
        }
    }

    /** Where the build of this checkout leaves a module's executable. */
    private static Path executable(String module) {
        try {
            Path ours = Path.of(Benchmarks.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return ours.resolve("../../..").normalize().resolve(Path.of(module, "target", module));
        } catch (URISyntaxException e) {
            throw new IllegalStateException("this program does not know where it lies", e);
        }
    }
}
