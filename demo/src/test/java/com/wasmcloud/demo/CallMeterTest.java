package com.wasmcloud.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CallMeterTest {
    private final AtomicLong seconds = new AtomicLong(-3);
    private final CallMeter meter = new CallMeter(() -> TimeUnit.SECONDS.toNanos(seconds.get()));

    @Test
    void countsOverTheLastFiveSecondsThatAreOver() {
        call(10);
        assertThat(meter.perSecond()).isZero();

        seconds.addAndGet(1);
        call(5);
        assertThat(meter.perSecond()).isEqualTo(2.0);
        seconds.addAndGet(1);
        assertThat(meter.perSecond()).isEqualTo(3.0);
        seconds.addAndGet(4);
        assertThat(meter.perSecond()).isEqualTo(1.0);
        seconds.addAndGet(1);
        assertThat(meter.perSecond()).isZero();
        assertThat(meter.calls()).isEqualTo(15);
    }

    @Test
    void forgetsWhatIsLongAgo() {
        call(10);
        seconds.addAndGet(1_000);
        call(5);
        seconds.addAndGet(1);

        assertThat(meter.perSecond()).isEqualTo(1.0);
    }

    private void call(int times) {
        for (int i = 0; i < times; i++) {
            meter.called();
        }
    }
}
