package com.wasmcloud.provider.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.contract.rpc.Bytes;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CollectedBytesTest {
    private long taken;

    private boolean take(long bytes) {
        taken += bytes;
        return true;
    }

    private static boolean add(CollectedBytes collected, byte[] body, int begin, int length) {
        return collected.add(length, (from, into, at, count) -> System.arraycopy(body, begin + from, into, at, count));
    }

    /** Announced, sent, and the most memory that this may take. */
    @ParameterizedTest
    @CsvSource({
        "1000000, 1000000, 1400000",
        "100000000, 100000000, 130000000",
        "100000000, 5000, 20000",
        "-1, 1000, 1024",
        "-1, 5000000, 12000000",
        "3000, 3000, 4096"
    })
    void takesLittleMoreMemoryThanHasArrived(long announced, int sent, long most) {
        byte[] body = new byte[sent];
        new Random(1).nextBytes(body);
        CollectedBytes collected = new CollectedBytes(announced, this::take);

        for (int at = 0; at < sent; at += 8192) {
            int length = Math.min(8192, sent - at);
            assertThat(add(collected, body, at, length)).isTrue();
        }

        assertThat(collected.whole()).isEqualTo(Bytes.wrap(body));
        assertThat(taken).isLessThanOrEqualTo(most);
    }

    @ParameterizedTest
    @CsvSource({"0", "1024", "9000", "30000"})
    void stopsWhenThereIsNoMemory(long memory) {
        CollectedBytes collected = new CollectedBytes(-1, bytes -> take(bytes) && taken <= memory);

        boolean added = true;
        for (int i = 0; i < 4; i++) {
            added &= add(collected, new byte[8192], 0, 8192);
        }

        assertThat(added).isFalse();
    }
}
