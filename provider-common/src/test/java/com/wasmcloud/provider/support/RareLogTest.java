package com.wasmcloud.provider.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class RareLogTest {
    private static final String LOGGER = "com.wasmcloud.RareLogTest";

    private final RecordedLog recorded = new RecordedLog(LOGGER);
    private long now = Long.MAX_VALUE; // the clock may pass it
    private final RareLog log = new RareLog(LoggerFactory.getLogger(LOGGER), Duration.ofSeconds(1), () -> now);

    @AfterEach
    void forget() {
        recorded.close();
    }

    @Test
    void writesOneLineASecondAndCountsTheOthers() {
        log.warn("first");
        log.warn("second");
        log.warn("third");
        pass(Duration.ofMillis(999));
        log.warn("fourth");
        pass(Duration.ofMillis(1));
        log.warn("fifth");
        pass(Duration.ofSeconds(1));
        log.warn("sixth {}");

        assertThat(recorded.lines())
                .containsExactly(
                        "WARNING first", "WARNING fifth (and 3 more such since the last line)", "WARNING sixth {}");
    }

    @Test
    void hasTheStackOfAnErrorOnceASecond() {
        IllegalStateException cause = new IllegalStateException("why");
        for (int i = 0; i < 1000; i++) {
            log.error("it failed", cause);
        }
        pass(Duration.ofSeconds(1));
        log.error("it failed", cause);

        assertThat(recorded.lines())
                .containsExactly("SEVERE it failed", "SEVERE it failed (and 999 more such since the last line)");
        assertThat(recorded.records()).extracting(LogRecord::getThrown).containsOnly(cause);
    }

    @Test
    void hasEverythingAtLevelDebug() {
        recorded.level(Level.FINE);
        IllegalStateException cause = new IllegalStateException("why");
        log.error("first", cause);
        log.error("second", cause);

        assertThat(recorded.lines()).containsExactly("SEVERE first", "FINE second");
        assertThat(recorded.records()).extracting(LogRecord::getThrown).containsOnly(cause);
    }

    @Test
    void tellsWhenALineIsDueThatSomebodyElseWrites() {
        assertThat(log.isDue()).isTrue();
        assertThat(log.isDue()).isFalse();
        pass(Duration.ofSeconds(1));
        log.warn("next");

        assertThat(recorded.lines()).containsExactly("WARNING next (and 1 more such since the last line)");
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }
}
