package com.wasmcloud.provider.logs;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/**
 * The standard error of the process, for all who write whole lines to it: each write is done to its end before the next
 * begins, so that no line lands within another. Writes past {@link System#err}, which hides failures.
 *
 * <p>Thread-safe, but not for threads that anybody interrupts: that would close it. Blocks for as long as its reader does
 * not read. Stays open for the rest of the process.
 */
public final class StandardError implements WritableByteChannel {
    /** The only one. */
    public static final StandardError CHANNEL =
            new StandardError(new FileOutputStream(FileDescriptor.err).getChannel());

    private final WritableByteChannel channel;

    private StandardError(WritableByteChannel channel) {
        this.channel = channel;
    }

    @Override
    public synchronized int write(ByteBuffer lines) throws IOException {
        int written = 0;
        while (lines.hasRemaining()) {
            written += channel.write(lines);
        }
        return written;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {}
}
