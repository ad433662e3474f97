package com.wasmcloud.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What was asked for on the command line.
 *
 * @param port of 127.0.0.1, for HTTP
 * @param executables one for each provider
 * @param fetchNetworks that the actor may fetch from beside the public internet, separated by commas; may be empty
 * @param help whether only the usage is wanted
 */
record DemoOptions(int port, Map<Part, Path> executables, String fetchNetworks, boolean help) {
    static final String USAGE = usage();

    DemoOptions {
        executables = Map.copyOf(executables);
    }

    /**
     * Reads them; what comes later wins.
     *
     * @throws IllegalArgumentException with one sentence, when an option is unknown, unusable or without its value
     */
    static DemoOptions parse(String... arguments) {
        DemoOptions options = byDefault();
        Iterator<String> rest = List.of(arguments).iterator();
        while (rest.hasNext()) {
            options = options.with(rest.next(), rest);
        }
        return options;
    }

    private static DemoOptions byDefault() {
        Map<Part, Path> executables = new EnumMap<>(Part.class);
        for (Part part : Part.values()) {
            executables.put(part, part.executable());
        }
        return new DemoOptions(8080, executables, "", false);
    }

    private static String usage() {
        StringBuilder text = new StringBuilder();
        text.append("./demo.sh [--port N] [options]\n\n");
        text.append("  --port N                        listen for HTTP on 127.0.0.1:N instead of 127.0.0.1:8080\n");
        text.append(
                "  --fetch-networks LIST           let the actor fetch from these networks, too, such as 10.1.0.0/16,\n");
        text.append("                                  and not only from the public internet\n");
        for (Part part : Part.values()) {
            text.append("  %-31s run another executable as the provider of %s%n"
                    .formatted(part.option() + " FILE", part.contract().id()));
        }
        return text.toString();
    }

    private DemoOptions with(String option, Iterator<String> rest) {
        return switch (option) {
            case "--help", "-h" -> new DemoOptions(port, executables, fetchNetworks, true);
            case "--port" -> new DemoOptions(port(value(option, rest)), executables, fetchNetworks, help);
            case "--fetch-networks" -> new DemoOptions(port, executables, value(option, rest), help);
            default -> with(part(option), Path.of(value(option, rest)));
        };
    }

    private DemoOptions with(Part part, Path executable) {
        Map<Part, Path> changed = new EnumMap<>(executables);
        changed.put(part, executable);
        return new DemoOptions(port, changed, fetchNetworks, help);
    }

    private static Part part(String option) {
        return Stream.of(Part.values())
                .filter(part -> part.option().equals(option))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "'%s' is no option of the demo; ./demo.sh --help lists them".formatted(option)));
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException("%s needs a value; ./demo.sh --help tells which".formatted(option));
        }
        return rest.next();
    }

    /**
     * A port in text.
     *
     * @throws IllegalArgumentException with one sentence, when it is none
     */
    static int port(String text) {
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

    /** The executable of a provider. */
    Path executable(Part part) {
        return executables.getOrDefault(part, part.executable());
    }

    /**
     * Makes sure that all providers are there.
     *
     * @throws IllegalStateException with one sentence, when one is not
     */
    void requireExecutables() {
        for (Path executable : Stream.of(Part.values()).map(this::executable).toList()) {
            if (!Files.isRegularFile(executable) || !Files.isExecutable(executable)) {
                throw new IllegalStateException(
                        "there is no executable %s; './demo.sh' or 'mvn -B -Dquick package' builds it"
                                .formatted(executable.toAbsolutePath()));
            }
        }
    }
}
