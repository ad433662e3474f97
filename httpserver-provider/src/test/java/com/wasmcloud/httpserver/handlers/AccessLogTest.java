package com.wasmcloud.httpserver.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.testkit.Await;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class AccessLogTest {
    /** An output whose reader stops reading until it is told to go on. */
    private static final class Stuck extends OutputStream {
        private final CountDownLatch unstuck = new CountDownLatch(1);
        private final ByteArrayOutputStream written = new ByteArrayOutputStream();

        @Override
        public synchronized void write(int b) {
            try {
                unstuck.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            written.write(b);
        }
    }

    @Test
    void keepsAMebibyteOfLinesForAReaderThatIsTooSlowAndDiscardsTheRest() {
        Stuck output = new Stuck();
        AccessLog log = new AccessLog(new PrintStream(output, true, StandardCharsets.UTF_8));
        String line = "x".repeat(1023);

        for (int i = 0; i < 10_000; i++) {
            log.write(line);
        }
        output.unstuck.countDown();

        Await.until("there is room for lines again", () -> {
            log.write("last");
            return output.written.toString(StandardCharsets.UTF_8).endsWith("last\n");
        });
        assertThat(output.written.size()).isBetween(900_000, 1_200_000);
    }
}
