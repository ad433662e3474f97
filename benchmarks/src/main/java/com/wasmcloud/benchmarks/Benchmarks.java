package com.wasmcloud.benchmarks;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The command line: {@code micro}, {@code keyvalue}, {@code http}, {@code blobstore} or {@code outage}, and its options. */
public final class Benchmarks {
    private static final String USAGE = """
            usage: java -jar benchmarks.jar micro [options of JMH]
                   java -jar benchmarks.jar keyvalue|http|blobstore [option value]...
                   java -jar benchmarks.jar outage [keyvalue provider]
            """;

    private Benchmarks() {}

    /** Runs what the first argument names; the tables go to standard output, progress to standard error. */
    public static void main(String... arguments) throws IOException, InterruptedException {
        String command = arguments.length == 0 ? "" : arguments[0];
        List<String> rest = Arrays.asList(arguments).subList(Math.min(1, arguments.length), arguments.length);
        try {
            switch (command) {
                case "micro" -> org.openjdk.jmh.Main.main(rest.toArray(new String[0]));
                case "keyvalue" ->
                    System.out.println(KeyValueRun.run(
                            KeyValueRun.STANDARD.with(executable("keyvalue-redis-provider"), rest), System.err));
                case "http" ->
                    System.out.println(
                            HttpRun.run(HttpRun.STANDARD.with(executable("httpserver-provider"), rest), System.err));
                case "blobstore" ->
                    System.out.println(BlobstoreRun.run(
                            BlobstoreRun.STANDARD.with(executable("blobstore-s3-provider"), rest), System.err));
                case "outage" ->
                    System.out.println(OutageRun.run(
                            rest.isEmpty() ? executable("keyvalue-redis-provider") : Path.of(rest.get(0)), System.err));
                default -> throw new IllegalArgumentException("name what to measure");
            }
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n\n" + USAGE + Options.USAGE);
            System.exit(2);
        } catch (IllegalStateException e) {
            System.err.println("cannot measure: " + e.getMessage());
            System.exit(1);
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
