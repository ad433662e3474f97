package com.wasmcloud.provider.support;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceParentTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN = "00f067aa0ba902b7";
    private static final String VALID = "00-" + TRACE + "-" + SPAN + "-01";

    @Test
    void takesAHeaderApart() {
        assertThat(TraceParent.parse(VALID)).contains(new TraceParent(TRACE, SPAN, "01"));
        assertThat(TraceParent.traceId(VALID)).isEqualTo(TRACE);
    }

    @Test
    void takesWhatALaterVersionPutsBehind() {
        assertThat(TraceParent.parse("cc-" + TRACE + "-" + SPAN + "-01-what the future brings"))
                .contains(new TraceParent(TRACE, SPAN, "01"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "ff-" + TRACE + "-" + SPAN + "-01",
                "00-" + TRACE + "-" + SPAN + "-01-more",
                "cc-" + TRACE + "-" + SPAN + "-01.more",
                "cc-" + TRACE + "-" + SPAN + "-01-a\nb",
                "00-" + TRACE + "-" + SPAN + "-0",
                "00-4BF92f3577b34da6a3ce929d0e0e4736-" + SPAN + "-01",
                "00-00000000000000000000000000000000-" + SPAN + "-01",
                "00-" + TRACE + "-0000000000000000-01",
                "00_" + TRACE + "-" + SPAN + "-01"
            })
    void refusesWhatIsNone(String header) {
        assertThat(TraceParent.parse(header)).isEmpty();
    }

    @Test
    void refusesNoneAndTheEndless() {
        assertThat(TraceParent.parse(null)).isEmpty();
        assertThat(TraceParent.parse("cc-" + TRACE + "-" + SPAN + "-01-" + "x".repeat(1000)))
                .isEmpty();
    }
}
