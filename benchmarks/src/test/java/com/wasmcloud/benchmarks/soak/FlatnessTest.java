package com.wasmcloud.benchmarks.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FlatnessTest {
    @Test
    void growthWhileAProcessWarmsUpIsFlat() {
        assertThat(of(minute -> new ProcessSample(Math.min(100, 80 + 2 * minute), 10, 20, 30))
                        .flat())
                .isTrue();
    }

    @Test
    void memoryThatGrowsToTheEndIsNotFlat() {
        assertThat(of(minute -> new ProcessSample(80 + minute, 10, 20, 30)).flat())
                .isFalse();
    }

    @Test
    void threadsThatGrowAreNotFlat() {
        assertThat(of(minute -> new ProcessSample(80, 10, 20 + minute / 5, 30)).flat())
                .isFalse();
    }

    @Test
    void descriptorsThatGrowAreNotFlat() {
        assertThat(of(minute -> new ProcessSample(80, 10, 20, 30 + minute / 4)).flat())
                .isFalse();
    }

    private static Flatness of(IntFunction<ProcessSample> samples) {
        List<ProcessSample> all = IntStream.range(0, 60).mapToObj(samples).toList();
        return Flatness.of(all);
    }
}
