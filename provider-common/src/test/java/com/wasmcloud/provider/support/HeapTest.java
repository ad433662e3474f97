package com.wasmcloud.provider.support;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapTest {
    private static final long MIB = 1 << 20;

    @Test
    void isAPartInWholeMebibytesAndNeverLessThanWanted() {
        assertThat(Heap.share(100 * MIB, 0.25, MIB)).isEqualTo(25 * MIB);
        assertThat(Heap.share(101 * MIB, 0.25, MIB)).isEqualTo(25 * MIB);
        assertThat(Heap.share(100 * MIB, 0.25, 32 * MIB)).isEqualTo(32 * MIB);
        assertThat(Heap.share(0.5, 1)).isPositive();
    }
}
