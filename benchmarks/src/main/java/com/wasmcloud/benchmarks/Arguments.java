package com.wasmcloud.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The options of a command line. Each is asked for by whoever knows it, and {@link #end} refuses those that nobody did.
 * Used by one thread.
 */
public final class Arguments {
    private static final Set<String> FLAGS = Set.of("--reporting");

    private final Map<String, List<String>> options = new LinkedHashMap<>();

    /**
     * Reads pairs of names and values, and names without a value.
     *
     * @throws IllegalArgumentException with a sentence for the user, as from the other methods
     */
    Arguments(List<String> words) {
        for (Iterator<String> rest = words.iterator(); rest.hasNext(); ) {
            String name = rest.next();
            if (!name.startsWith("--")) {
                throw new IllegalArgumentException("'" + name + "' is not an option");
            }
            if (!FLAGS.contains(name) && !rest.hasNext()) {
                throw new IllegalArgumentException(name + " needs a value");
            }
            options.computeIfAbsent(name, none -> new ArrayList<>()).add(FLAGS.contains(name) ? "" : rest.next());
        }
    }

    /** Whether a name without a value is there. */
    public boolean has(String name) {
        return options.remove(name) != null;
    }

    /** A whole number, or what it is without the option. */
    public int number(String name, int least, int otherwise) {
        return text(name, Integer.toString(otherwise)).transform(text -> number(name, text, least));
    }

    /** Whole numbers with commas between them, or what they are without the option. */
    public List<Integer> numbers(String name, int least, List<Integer> otherwise) {
        List<String> values = options.remove(name);
        return values == null
                ? otherwise
                : Arrays.stream(values.get(0).split(",", -1))
                        .map(each -> number(name, each, least))
                        .toList();
    }

    /** A text, or what it is without the option. */
    public String text(String name, String otherwise) {
        List<String> values = options.remove(name);
        return values == null ? otherwise : values.get(values.size() - 1);
    }

    /** An executable, or the one that it is without the option. */
    public Path executable(String name, Path otherwise) {
        return executable(Path.of(text(name, otherwise.toString())));
    }

    /** Any number of executables. */
    public List<Path> executables(String name) {
        List<String> values = options.remove(name);
        return values == null
                ? List.of()
                : values.stream().map(Path::of).map(Arguments::executable).toList();
    }

    /** Refuses what nobody has asked for. */
    void end() {
        if (!options.isEmpty()) {
            throw new IllegalArgumentException(
                    "there is no option " + options.keySet().iterator().next());
        }
    }

    private static Path executable(Path path) {
        if (!Files.isExecutable(path)) {
            throw new IllegalArgumentException(
                    path + " is not an executable file; build the providers with 'mvn package'");
        }
        return path.toAbsolutePath();
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
