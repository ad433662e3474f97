package com.wasmcloud.provider;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * The end of a process whose heap is full: one line on standard error, the replies that can still be sent, and an exit code
 * of its own. All that is needed then is made at the start, and the main thread, which has nothing else to do, carries it
 * out.
 */
final class FullHeap {
    private static final int HEAP_FULL = 3;
    private static final Duration LAST_REPLIES_WITHIN = Duration.ofMillis(250);

    private final CompletableFuture<Running> started;
    private final byte[] line;
    private final FileOutputStream standardError = new FileOutputStream(FileDescriptor.err);
    private volatile boolean noticed;

    FullHeap(String name, CompletableFuture<Running> started) {
        this.started = started;
        this.line = (name + " ends: the heap is full (OutOfMemoryError); give it more memory or less to do at a time\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** On whatever thread notices it: wakes the main thread, or ends at once when that is still starting. */
    void noticed() {
        noticed = true;
        Running running = started.getNow(null);
        if (running == null) {
            write();
            Runtime.getRuntime().halt(HEAP_FULL);
        } else {
            running.wake();
        }
    }

    /** On the main thread. */
    void endIfNoticed() {
        if (!noticed) {
            return;
        }
        write();
        try {
            started.join().lastReplies(LAST_REPLIES_WITHIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Throwable noMemoryForThat) {
            // nothing more can be done
        } finally {
            Runtime.getRuntime().halt(HEAP_FULL);
        }
    }

    private void write() {
        try {
            standardError.write(line);
        } catch (IOException nobodyReads) {
            // the exit code tells it too
        }
    }
}
