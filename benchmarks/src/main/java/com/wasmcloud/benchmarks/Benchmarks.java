package com.wasmcloud.benchmarks;

import java.io.IOException;
import java.util.Arrays;

/** The command line: {@code micro}, {@code keyvalue} or {@code http}, and its options. */
public final class Benchmarks {
    private static final String USAGE =
            """
            usage: java -jar benchmarks.jar micro [options of JMH]
                   java -jar benchmarks.jar keyvalue|http [option value]...

            """;

    private Benchmarks() {}

    /** Runs what the first argument names; the table goes to standard output, progress to standard error. */
    public static void main(String... arguments) throws IOException {
        String command = arguments.length == 0 ? "" : arguments[0];
        String[] rest = arguments.length == 0 ? arguments : Arrays.copyOfRange(arguments, 1, arguments.length);
        if (command.equals("micro")) {
            org.openjdk.jmh.Main.main(rest);
        } else {
            System.err.print(USAGE);
        }
    }
}
