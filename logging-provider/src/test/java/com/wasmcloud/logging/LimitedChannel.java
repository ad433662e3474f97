package com.wasmcloud.logging;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** Takes so many bytes and no more, like a disk that is full. */
final class LimitedChannel implements WritableByteChannel {
    private int left;

    LimitedChannel(int size) {
        left = size;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        if (left == 0) {
            throw new IOException("No space left on device");
        }
        int taken = Math.min(left, bytes.remaining());
        bytes.position(bytes.position() + taken);
        left -= taken;
        return taken;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {}
}
