package com.wasmcloud.provider.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class RareLogTest {
    private static final Formatter FORMATTER = new SimpleFormatter();

    private final List<LogRecord> records = new ArrayList<>();
    private final Logger target = Logger.getLogger("com.wasmcloud.RareLogTest");
    private final Handler recorder = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            records.add(entry);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    private long now = Long.MAX_VALUE; // the clock may pass it
    private final RareLog log = new RareLog(LoggerFactory.getLogger(target.getName()), () -> now);

    @BeforeEach
    void record() {
        recorder.setLevel(Level.ALL);
        target.setUseParentHandlers(false);
        target.addHandler(recorder);
    }

    @AfterEach
    void forget() {
        target.removeHandler(recorder);
        target.setUseParentHandlers(true);
        target.setLevel(null);
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

        assertThat(lines())
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

        assertThat(lines())
                .containsExactly("SEVERE it failed", "SEVERE it failed (and 999 more such since the last line)");
        assertThat(records).extracting(LogRecord::getThrown).containsOnly(cause);
    }

    @Test
    void hasEverythingAtLevelDebug() {
        target.setLevel(Level.FINE);
        IllegalStateException cause = new IllegalStateException("why");
        log.error("first", cause);
        log.error("second", cause);

        assertThat(lines()).containsExactly("SEVERE first", "FINE second");
        assertThat(records).extracting(LogRecord::getThrown).containsOnly(cause);
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private List<String> lines() {
        return records.stream()
                .map(entry -> entry.getLevel().getName() + " " + FORMATTER.formatMessage(entry))
                .toList();
    }
}
