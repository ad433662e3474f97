package com.wasmcloud.provider;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IdleHeapTest {
    private static final long MIB = 1 << 20;

    private long used = 10 * MIB;
    private long committed = 16 * MIB;
    private int collections;

    private final IdleHeap heap = new IdleHeap(() -> used, () -> committed, this::collect);

    private void collect() {
        collections++;
        used = 8 * MIB;
        committed = 16 * MIB;
    }

    @Test
    void collectsOnceWhenABusyTimeIsOver() {
        busy();
        used = 60 * MIB;
        committed = 100 * MIB;
        look(10);
        assertThat(collections).isEqualTo(1);
    }

    @Test
    void leavesABusyProcessAlone() {
        for (int i = 0; i < 20; i++) {
            busy();
        }
        assertThat(collections).isZero();
    }

    @Test
    void collectsAgainOnlyWhenTheHeapHasGrown() {
        look(10);
        assertThat(collections).isEqualTo(1);
        look(100);
        assertThat(collections).isEqualTo(1);
        committed = 40 * MIB;
        look(2);
        assertThat(collections).isEqualTo(2);
    }

    @Test
    void takesWhatHealthChecksAllocateForQuiet() {
        look(10);
        for (int i = 0; i < 100; i++) {
            used += MIB / 16;
            look(1);
        }
        assertThat(collections).isEqualTo(2); // 6 MiB of it
    }

    private void busy() {
        used += 3 * MIB;
        heap.look();
        used -= 2 * MIB;
        heap.look();
    }

    private void look(int times) {
        for (int i = 0; i < times; i++) {
            heap.look();
        }
    }
}
