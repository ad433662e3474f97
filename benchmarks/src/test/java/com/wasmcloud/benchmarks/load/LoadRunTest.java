package com.wasmcloud.benchmarks.load;

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
    private static LoadOptions glance(int starts) {
        Duration moment = Duration.ofMillis(50);
        return new LoadOptions(List.of(1, 8), 1, moment, moment, starts, moment, 0, false, List.of());
    }

    @Test
    void loadsTheEchoAndTheKeyValueBaseline() throws Exception {
        assertThat(KeyValueRun.run(glance(1), SILENCE))
                .contains("Calls of 1,1")
                .containsPattern("\\| Get, 1 +\\| bare echo ")
                .containsPattern("\\| Get, 8 +\\| baseline ")
                .containsPattern("\\| Get on 16 actors, 64 +\\| baseline ")
                .contains("after 0 s of load, MiB");
    }

    @Test
    void loadsTheEchoAndTheHttpBaseline() throws Exception {
        assertThat(HttpRun.run(glance(0), SILENCE))
                .containsPattern("\\| GET, 1 +\\| bare echo ")
                .containsPattern("\\| GET, 8 +\\| baseline ");
    }

    @Test
    void loadsTheEchoAndTheHttpClientBaseline() throws Exception {
        assertThat(HttpClientRun.run(glance(0), SILENCE))
                .containsPattern("\\| GET of a URL, 1 +\\| bare echo ")
                .containsPattern("\\| GET of a URL, 8 +\\| baseline ");
    }

    @Test
    void loadsThePlainSdkAndTheMessagesAlone() throws Exception {
        assertThat(BlobRun.run(glance(0), SILENCE))
                .containsPattern("\\| get 64 MiB, 1 +\\| messages of 896 KiB alone ")
                .containsPattern("\\| put 64 MiB, 1 +\\| plain AWS SDK ")
                .containsPattern("\\| get 1 kB, 8 +\\| plain AWS SDK ");
    }
}
