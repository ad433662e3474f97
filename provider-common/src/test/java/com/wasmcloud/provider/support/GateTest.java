package com.wasmcloud.provider.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GateTest {
    @Test
    void letsInAsManyAsThereMayBe() {
        Gate gate = new Gate(2);
        assertThat(gate.enter()).isEqualTo(Gate.Entry.ADMITTED);
        assertThat(gate.enter()).isEqualTo(Gate.Entry.ADMITTED);
        assertThat(gate.enter()).isEqualTo(Gate.Entry.FULL);
        assertThat(gate.leave()).isFalse();
        assertThat(gate.enter()).isEqualTo(Gate.Entry.ADMITTED);
    }

    @Test
    void tellsWhoClosesItThatItIsEmpty() {
        Gate gate = new Gate(1);
        assertThat(gate.close()).isTrue();
        assertThat(gate.enter()).isEqualTo(Gate.Entry.CLOSED);
    }

    @Test
    void isOverOnceHoweverOftenItIsClosed() {
        Gate gate = new Gate(1);
        gate.close();
        assertThat(gate.close()).isFalse();
    }

    @Test
    void tellsTheLastOneToLeave() {
        Gate gate = new Gate(2);
        gate.enter();
        gate.enter();
        assertThat(gate.close()).isFalse();
        assertThat(gate.leave()).isFalse();
        assertThat(gate.leave()).isTrue();
    }

    @Test
    void endsExactlyOnceWhateverTheThreadsDo() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (int run = 0; run < 200; run++) {
                Gate gate = new Gate(3);
                AtomicInteger ends = new AtomicInteger();
                List<Future<?>> all = new ArrayList<>();
                for (int thread = 0; thread < 3; thread++) {
                    all.add(threads.submit(() -> {
                        while (gate.enter() != Gate.Entry.CLOSED) {
                            if (gate.leave()) {
                                ends.incrementAndGet();
                            }
                        }
                    }));
                }
                all.add(threads.submit(() -> {
                    if (gate.close()) {
                        ends.incrementAndGet();
                    }
                }));
                for (Future<?> each : all) {
                    each.get(10, TimeUnit.SECONDS);
                }
                assertThat(ends).hasValue(1);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
