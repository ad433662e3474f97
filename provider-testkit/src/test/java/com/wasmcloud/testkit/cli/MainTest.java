package com.wasmcloud.testkit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return Main.run(new PrintWriter(out), new PrintWriter(err), arguments);
    }

    @Test
    void tellsHowItIsUsed() {
        assertThat(run("--help")).isZero();
        assertThat(out).asString().contains("Usage: provider-testkit");
        assertThat(err).asString().isEmpty();
    }

    @Test
    void refusesToDoNothing() {
        assertThat(run()).isEqualTo(2);
        assertThat(err).asString().contains("Usage: provider-testkit");
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThat(run("dance")).isEqualTo(2);
        assertThat(err).asString().contains("dance");
    }
}
