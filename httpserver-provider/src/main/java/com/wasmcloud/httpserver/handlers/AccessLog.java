package com.wasmcloud.httpserver.handlers;

import com.wasmcloud.provider.support.Threads;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes lines on a thread of its own, so that event loops do not wait for whoever reads them. When the reader is too
 * slow, or the disk behind it full, lines wait, and those that find no room are discarded and counted. Thread-safe.
 */
public final class AccessLog {
    private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);
    private static final long MOST_CHARACTERS_WAITING = 1024 * 1024;
    private static final int MOST_CHARACTERS_AT_ONCE = 64 * 1024;
    private static final long SECONDS_BETWEEN_ATTEMPTS = 1;

    private final WritableByteChannel out;
    private final ThreadFactory threads = Threads.daemons("access-log");
    private final BlockingQueue<String> waiting = new LinkedBlockingQueue<>();
    private final AtomicLong characters = new AtomicLong();
    private final AtomicLong discarded = new AtomicLong();
    private final AtomicBoolean running = new AtomicBoolean();

    /** @param out where the lines go; used by one thread */
    public AccessLog(WritableByteChannel out) {
        this.out = out;
    }

    /** Writes a line soon, or discards it. */
    void write(String line) {
        if (characters.addAndGet(line.length()) > MOST_CHARACTERS_WAITING) {
            characters.addAndGet(-line.length());
            discarded.incrementAndGet();
            return;
        }
        waiting.add(line);
        if (running.compareAndSet(false, true)) {
            start();
        }
    }

    private void start() {
        try {
            threads.newThread(this::run).start();
        } catch (Throwable e) { // no thread to be had: a later line tries again
            running.set(false);
            LOG.debug("cannot start the thread of the access log", e);
        }
    }

    private void run() {
        try {
            while (true) {
                write(waiting.take(), new StringBuilder());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            running.set(false);
        }
    }

    private void write(String first, StringBuilder lines) throws InterruptedException {
        for (String line = first; line != null; line = waiting.poll()) {
            characters.addAndGet(-line.length());
            lines.append(line).append('\n');
            if (lines.length() > MOST_CHARACTERS_AT_ONCE) {
                break;
            }
        }
        write(ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.UTF_8)));
        long missing = discarded.getAndSet(0);
        if (missing > 0) {
            LOG.warn("discarded {} lines of the access log, which is not read fast enough", missing);
        }
    }

    private void write(ByteBuffer lines) throws InterruptedException {
        while (lines.hasRemaining()) {
            try {
                out.write(lines);
            } catch (IOException e) { // a full disk gets room again
                LOG.debug("cannot write the access log", e);
                TimeUnit.SECONDS.sleep(SECONDS_BETWEEN_ATTEMPTS);
            }
        }
    }
}
