package com.wasmcloud.packaging;

import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is to be packaged.
 *
 * @param name of the provider, and of what is made
 * @param options of Java, only this provider's own
 * @param heapMax MiB, where memory has no limit
 * @param heapYoung MiB of that for new objects
 * @param jar with everything that the provider needs at run time
 * @param classes the list of the classes to put into the archive
 * @param launcher the script in front of the executable, whose part about options is used here, too
 * @param time of every file inside, so that the same commit gives the same bytes
 * @param javaHome the JDK to take the runtime from; a good one is looked for where none is given
 * @param source the address of the source code, for labels
 * @param target the folder for what is made
 */
record Inputs(
        String name,
        String version,
        String title,
        String mainClass,
        String options,
        int heapMax,
        int heapYoung,
        Path jar,
        Path classes,
        Path launcher,
        Instant time,
        Optional<Path> javaHome,
        String source,
        Path target) {

    /**
     * Reads {@code key=value} arguments.
     *
     * @throws IllegalArgumentException if one is missing
     */
    static Inputs of(String... arguments) {
        Map<String, String> values = new HashMap<>();
        for (String argument : arguments) {
            String[] parts = argument.split("=", 2);
            values.put(parts[0], parts.length == 1 ? "" : parts[1]);
        }
        return new Inputs(
                required(values, "name"),
                required(values, "version"),
                required(values, "title"),
                required(values, "main.class"),
                values.getOrDefault("options", ""),
                Integer.parseInt(required(values, "heap.max")),
                Integer.parseInt(required(values, "heap.young")),
                Path.of(required(values, "jar")),
                Path.of(required(values, "classes")),
                Path.of(required(values, "launcher")),
                Instant.parse(required(values, "time")),
                Optional.ofNullable(values.get("java.home"))
                        .filter(home ->
                                !home.isEmpty() && !home.startsWith("${")) // Maven keeps an empty property's name
                        .map(Path::of),
                required(values, "source"),
                Path.of(required(values, "target")).toAbsolutePath());
    }

    private static String required(Map<String, String> values, String name) {
        String value = values.getOrDefault(name, "");
        if (value.isEmpty()) {
            throw new IllegalArgumentException("the argument " + name + "=… is missing");
        }
        return value;
    }
}
