package com.wasmcloud.httpserver.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.testkit.Await;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
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
        AccessLog log = new AccessLog(Channels.newChannel(output));
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

    /** Has no room the first time. */
    private static final class Disk implements WritableByteChannel {
        private final WritableByteChannel written;
        private boolean hasRoom;

        Disk(ByteArrayOutputStream written) {
            this.written = Channels.newChannel(written);
        }

        @Override
        public synchronized int write(ByteBuffer lines) throws IOException {
            if (!hasRoom) {
                hasRoom = true;
                throw new IOException("No space left on device");
            }
            return written.write(lines);
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }

    @Test
    void losesNothingWhenTheDiskIsFullForAMoment() {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        AccessLog log = new AccessLog(new Disk(written));

        log.write("first");
        log.write("second");

        Await.until("both lines are there", () -> written.toString(StandardCharsets.UTF_8)
                .equals("first\nsecond\n"));
    }
}
