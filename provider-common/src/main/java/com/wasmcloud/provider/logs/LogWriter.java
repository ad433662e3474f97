package com.wasmcloud.provider.logs;

import com.wasmcloud.provider.support.Threads;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;

/**
 * Writes lines, in order, on a thread of its own: whoever logs never waits for a reader that does not read, or for a disk
 * that is full. Lines that find no room are discarded, and a line says how many as soon as there is room again.
 *
 * <p>Thread-safe. Its thread does not keep the process alive: {@link #flush} before the end.
 */
final class LogWriter {
    private final WritableByteChannel channel;
    private final LongFunction<String> discardedLine;
    private final int mostBytes;
    private final Duration pause;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<byte[]> waiting = new ArrayDeque<>();
    private int bytes;
    private long discarded;

    /**
     * @param discardedLine says how many lines were discarded
     * @param mostBytes that may wait
     * @param pause before another attempt when writing has failed
     */
    LogWriter(WritableByteChannel channel, LongFunction<String> discardedLine, int mostBytes, Duration pause) {
        this.channel = channel;
        this.discardedLine = discardedLine;
        this.mostBytes = mostBytes;
        this.pause = pause;
    }

    /** Begins to write. */
    void start() {
        Threads.daemons("log").newThread(this::run).start();
    }

    /** Takes a line, line break included; never waits. */
    void write(String line) {
        byte[] utf8 = line.getBytes(StandardCharsets.UTF_8);
        lock.lock();
        try {
            if (bytes + utf8.length > mostBytes) {
                discarded++;
                return;
            }
            enqueue(utf8);
        } finally {
            lock.unlock();
        }
    }

    private void enqueue(byte[] line) {
        waiting.add(line);
        bytes += line.length;
        changed.signalAll();
    }

    /** Waits until all lines so far are written, or for so long. */
    void flush(Duration patience) {
        long left = patience.toNanos();
        lock.lock();
        try {
            while (!waiting.isEmpty() && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    @SuppressWarnings("InfiniteLoopStatement") // a daemon
    private void run() {
        while (true) {
            ByteBuffer line = ByteBuffer.wrap(next());
            while (line.hasRemaining()) {
                try {
                    channel.write(line);
                } catch (Throwable e) { // whatever it is, it may pass
                    pause();
                }
            }
            written();
        }
    }

    /** Waits for a line, which stays until it is {@link #written}. */
    private byte[] next() {
        lock.lock();
        try {
            while (waiting.isEmpty()) {
                changed.awaitUninterruptibly();
            }
            return waiting.element();
        } finally {
            lock.unlock();
        }
    }

    private void written() {
        lock.lock();
        try {
            bytes -= waiting.remove().length;
            if (discarded > 0 && bytes <= mostBytes / 2) {
                enqueue(discardedLine.apply(discarded).getBytes(StandardCharsets.UTF_8));
                discarded = 0;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void pause() {
        try {
            TimeUnit.NANOSECONDS.sleep(pause.toNanos());
        } catch (InterruptedException e) {
            // nobody interrupts this thread; one attempt comes early
        }
    }
}
