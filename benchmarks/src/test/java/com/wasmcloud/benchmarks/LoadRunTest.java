package com.wasmcloud.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoadRunTest {
    private static final PrintStream SILENCE =
            new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    /** Long enough to see that everything works, much too short to tell anything. */
    private static Options glance(int starts) {
        return new Options(
                List.of(1, 8), 1, Duration.ofMillis(50), Duration.ofMillis(50), starts, 1, 0, false, List.of());
    }

    @Test
    void loadsTheEchoAndTheNakedKeyValueResponder() throws Exception {
        assertThat(KeyValueRun.run(glance(1), SILENCE))
                .contains("Calls of 1,1")
                .contains("| 1, bare echo ")
                .contains("| 8, naked Java ")
                .contains("after 1 calls, MiB");
    }

    @Test
    void loadsTheEchoAndTheNakedHttpServer() throws Exception {
        assertThat(HttpRun.run(glance(0), SILENCE)).contains("| 1, bare echo ").contains("| 8, naked Java ");
    }
}
