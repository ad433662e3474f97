package com.wasmcloud.logging;

import com.wasmcloud.provider.logs.StandardError;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.List;

/** Lines on the standard error of this process, where its own log goes too. */
final class StandardErrorOutput implements Output {
    private final WritableByteChannel channel;
    private boolean afterFragment;

    /** @param channel stays open; whoever writes to it, too, writes whole lines */
    StandardErrorOutput(WritableByteChannel channel) {
        this.channel = channel;
    }

    /** That of this process. */
    static StandardErrorOutput ofProcess() {
        return new StandardErrorOutput(StandardError.CHANNEL);
    }

    @Override
    public void open() {}

    @Override
    public int write(List<Entry> entries) throws IOException {
        Block block = Block.of(entries, Long.MAX_VALUE, afterFragment);
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

    @Override
    public void close() {}
}
