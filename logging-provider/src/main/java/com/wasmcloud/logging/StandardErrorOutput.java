package com.wasmcloud.logging;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.List;

/**
 * Lines on the standard error of this process, where its own log goes too. Written past {@link System#err}, which keeps
 * to itself that a write has failed.
 */
final class StandardErrorOutput implements Output<byte[]> {
    private final WritableByteChannel channel;
    private boolean afterFragment;

    private StandardErrorOutput(WritableByteChannel channel) {
        this.channel = channel;
    }

    static StandardErrorOutput open(FileDescriptor descriptor) {
        return new StandardErrorOutput(new FileOutputStream(descriptor).getChannel());
    }

    @Override
    public void open() {}

    @Override
    public int write(List<byte[]> lines) throws IOException {
        Block block = Block.of(lines, Long.MAX_VALUE, afterFragment);
        try {
            block.writeTo(channel);
            afterFragment = false;
        } catch (IOException e) {
            afterFragment = afterFragment || block.written() > 0;
            if (block.wholeLines() == 0) {
                throw e;
            }
        }
        return block.wholeLines();
    }

    /** Standard error stays open for the rest of the process. */
    @Override
    public void close() {}
}
