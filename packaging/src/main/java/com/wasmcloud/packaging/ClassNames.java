package com.wasmcloud.packaging;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The form in which a provider keeps the list of the classes that it loads: a line a package, {@code java/util: List Map},
 * then, as they are, the lines that name call sites of lambdas. Stateless.
 */
final class ClassNames {
    private ClassNames() {}

    /** The list that Java reads, made of ours. */
    static String expand(String list) {
        StringBuilder out = new StringBuilder();
        for (String line : list.lines().toList()) {
            String[] parts = line.split(": ", 2);
            if (line.startsWith("@") || parts.length == 1) {
                out.append(line).append('\n');
            } else {
                for (String name : parts[1].split(" ", -1)) {
                    out.append(parts[0]).append('/').append(name).append('\n');
                }
            }
        }
        return out.toString();
    }

    /** Ours, made of what Java writes with {@code -XX:DumpLoadedClassList}; the order of loading is lost. */
    static String contract(List<String> lines) {
        Map<String, TreeSet<String>> packages = new TreeMap<>();
        TreeSet<String> others = new TreeSet<>();
        for (String line : lines) {
            if (line.startsWith("@lambda")) {
                others.add(line);
            } else if (!line.startsWith("#") && !line.startsWith("@") && !line.contains("source:")) {
                String name = line.split(" ", 2)[0];
                int slash = name.lastIndexOf('/');
                if (slash > 0) {
                    packages.computeIfAbsent(name.substring(0, slash), key -> new TreeSet<>())
                            .add(name.substring(slash + 1));
                }
            }
        }
        String classes = packages.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + String.join(" ", entry.getValue()) + "\n")
                .collect(Collectors.joining());
        return classes + others.stream().map(line -> line + "\n").collect(Collectors.joining());
    }
}
