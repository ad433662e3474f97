package com.wasmcloud.benchmarks.soak;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Whether what a process holds stays what it is: the average of the last quarter of the samples beside that of the second
 * quarter. The first quarter is ignored, for a process grows until it has seen all of its work.
 *
 * @param residentGrowth of resident memory, as a share
 * @param threadGrowth how many threads more
 * @param descriptorGrowth how many descriptors more
 */
record Flatness(double residentGrowth, double threadGrowth, double descriptorGrowth) {
    private static final int FEWEST_SAMPLES = 8;
    private static final double MOST_RESIDENT = 0.05;
    private static final double MOST_THREADS = 2;
    private static final double MOST_DESCRIPTORS = 5;

    /** Of samples taken at equal distances; fewer than eight tell nothing and count as flat. */
    static Flatness of(List<ProcessSample> samples) {
        if (samples.size() < FEWEST_SAMPLES) {
            return new Flatness(0, 0, 0);
        }
        return new Flatness(
                late(samples, ProcessSample::residentMebibytes) / early(samples, ProcessSample::residentMebibytes) - 1,
                late(samples, ProcessSample::threads) - early(samples, ProcessSample::threads),
                late(samples, ProcessSample::descriptors) - early(samples, ProcessSample::descriptors));
    }

    boolean flat() {
        return residentGrowth <= MOST_RESIDENT && threadGrowth <= MOST_THREADS && descriptorGrowth <= MOST_DESCRIPTORS;
    }

    private static double early(List<ProcessSample> samples, ToDoubleFunction<ProcessSample> number) {
        return average(samples.subList(samples.size() / 4, samples.size() / 2), number);
    }

    private static double late(List<ProcessSample> samples, ToDoubleFunction<ProcessSample> number) {
        return average(samples.subList(samples.size() * 3 / 4, samples.size()), number);
    }

    private static double average(List<ProcessSample> samples, ToDoubleFunction<ProcessSample> number) {
        return samples.stream().mapToDouble(number).average().orElse(Double.NaN);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s: resident memory %+.1f %%, threads %+.1f, descriptors %+.1f",
                flat() ? "flat" : "NOT FLAT",
                100 * residentGrowth,
                threadGrowth,
                descriptorGrowth);
    }
}
