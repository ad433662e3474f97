package com.wasmcloud.provider.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LogWriterTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final Reader reader = new Reader();
    private final LogWriter writer =
            new LogWriter(reader, count -> count + " lines were discarded\n", 20, Duration.ofMillis(1));

    @Test
    void writesLinesInTheirOrder() {
        reader.reads(100);
        writer.start();
        writer.write("a\n");
        writer.write("größer\n");
        writer.flush(LONG);
        assertThat(reader.text()).isEqualTo("a\ngrößer\n");
    }

    @Test
    void nobodyWaitsForAReaderThatDoesNotReadAndWhatIsDiscardedIsCounted() {
        writer.start();
        for (int i = 0; i < 10; i++) {
            writer.write("line " + i + "\n");
        }
        writer.flush(Duration.ofMillis(1));
        assertThat(reader.text()).isEmpty();

        reader.reads(100);
        writer.flush(LONG);
        assertThat(reader.text()).isEqualTo("line 0\nline 1\n8 lines were discarded\n");
        writer.write("next\n");
        writer.flush(LONG);
        assertThat(reader.text()).endsWith("discarded\nnext\n");
    }

    @Test
    void triesAgainWhatCouldNotBeWritten() {
        reader.reads(100);
        reader.failures.set(5);
        writer.start();
        writer.write("a\n");
        writer.write("b\n");
        writer.flush(LONG);
        assertThat(reader.text()).isEqualTo("a\nb\n");
    }

    /** Takes what it reads, blocks while it does not read, and fails so many times. */
    private static final class Reader implements WritableByteChannel {
        private final Queue<String> read = new ConcurrentLinkedQueue<>();
        private final Semaphore permits = new Semaphore(0);
        private final AtomicInteger failures = new AtomicInteger();

        void reads(int writes) {
            permits.release(writes);
        }

        String text() {
            return String.join("", read);
        }

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            permits.acquireUninterruptibly();
            if (failures.getAndDecrement() > 0) {
                throw new IOException("No space left on device");
            }
            int size = bytes.remaining();
            read.add(StandardCharsets.UTF_8.decode(bytes).toString());
            return size;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
