package com.wasmcloud.benchmarks.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers that were measured several times, by what they are about. Used by one thread.
 *
 * @param <K> what they are about
 */
public final class Medians<K> {
    private final Map<K, List<Double>> numbers = new LinkedHashMap<>();

    /** Adds a number. */
    public void add(K key, double number) {
        numbers.computeIfAbsent(key, none -> new ArrayList<>()).add(number);
    }

    /** The median of what was added; not a number where nothing was. */
    public double of(K key) {
        List<Double> sorted =
                numbers.getOrDefault(key, List.of()).stream().sorted().toList();
        if (sorted.isEmpty()) {
            return Double.NaN;
        }
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
