package com.wasmcloud.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/**
 * What was asked for on the command line.
 *
 * @param port of 127.0.0.1, for HTTP
 * @param redisProvider executable that serves wasmcloud:keyvalue
 * @param httpProvider executable that serves wasmcloud:httpserver
 * @param help whether only the usage is wanted
 */
record DemoOptions(int port, Path redisProvider, Path httpProvider, boolean help) {
    static final String USAGE = """
            ./demo.sh [--port N] [--redis-provider FILE] [--http-provider FILE]

              --port N               listen for HTTP on 127.0.0.1:N instead of 127.0.0.1:8080
              --redis-provider FILE  run another executable as the provider of wasmcloud:keyvalue
              --http-provider FILE   run another executable as the provider of wasmcloud:httpserver
            """;

    private static final DemoOptions DEFAULT = new DemoOptions(
            8080,
            Path.of("keyvalue-redis-provider/target/keyvalue-redis-provider"),
            Path.of("httpserver-provider/target/httpserver-provider"),
            false);

    /**
     * Reads them; what comes later wins.
     *
     * @throws IllegalArgumentException with one sentence, when an option is unknown, unusable or without its value
     */
    static DemoOptions parse(String... arguments) {
        DemoOptions options = DEFAULT;
        Iterator<String> rest = List.of(arguments).iterator();
        while (rest.hasNext()) {
            options = options.with(rest.next(), rest);
        }
        return options;
    }

    private DemoOptions with(String option, Iterator<String> rest) {
        return switch (option) {
            case "--help", "-h" -> new DemoOptions(port, redisProvider, httpProvider, true);
            case "--port" -> new DemoOptions(port(value(option, rest)), redisProvider, httpProvider, help);
            case "--redis-provider" -> new DemoOptions(port, Path.of(value(option, rest)), httpProvider, help);
            case "--http-provider" -> new DemoOptions(port, redisProvider, Path.of(value(option, rest)), help);
            default ->
                throw new IllegalArgumentException(
                        "'%s' is no option of the demo; ./demo.sh --help lists them".formatted(option));
        };
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException("%s needs a value; ./demo.sh --help tells which".formatted(option));
        }
        return rest.next();
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 1 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException noNumber) {
            // said below
        }
        throw new IllegalArgumentException("--port must be a number from 1 to 65535, not '%s'".formatted(text));
    }

    /**
     * Makes sure that both providers are there.
     *
     * @throws IllegalStateException with one sentence, when one is not
     */
    void requireExecutables() {
        for (Path executable : List.of(redisProvider, httpProvider)) {
            if (!Files.isRegularFile(executable) || !Files.isExecutable(executable)) {
                throw new IllegalStateException(
                        "there is no executable %s; './demo.sh' or 'mvn -B -Dquick package' builds it"
                                .formatted(executable.toAbsolutePath()));
            }
        }
    }
}
