package com.wasmcloud.logging;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;

/** Lines that are written in one go, and how many of them are whole when that stops halfway. Used by one thread. */
final class Block {
    private static final int LARGEST = 256 * 1024;

    private final ByteBuffer bytes;
    private final int[] ends;

    private Block(ByteBuffer bytes, int[] ends) {
        this.bytes = bytes;
        this.ends = ends;
    }

    /**
     * Takes as many lines, from the first one on, as have room; at least one.
     *
     * @param afterFragment whether what was written before may not have ended its line
     */
    static Block of(List<Entry> entries, long room, boolean afterFragment) {
        long most = Math.min(LARGEST, room);
        int size = afterFragment ? 1 : 0;
        List<byte[]> lines = new ArrayList<>();
        for (Entry entry : entries) {
            byte[] line = entry.bytes();
            if (!lines.isEmpty() && size + line.length > most) {
                break;
            }
            size += line.length;
            lines.add(line);
        }
        ByteBuffer bytes = ByteBuffer.allocate(size);
        if (afterFragment) {
            bytes.put((byte) '\n');
        }
        int[] ends = new int[lines.size()];
        for (int i = 0; i < ends.length; i++) {
            bytes.put(lines.get(i));
            ends[i] = bytes.position();
        }
        return new Block(bytes.flip(), ends);
    }

    void writeTo(WritableByteChannel channel) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** How many bytes there are, written or not. */
    int size() {
        return bytes.limit();
    }

    /** How many lines are written to their end. */
    int wholeLines() {
        int whole = 0;
        while (whole < ends.length && ends[whole] <= bytes.position()) {
            whole++;
        }
        return whole;
    }

    /** How many bytes the whole lines have. */
    int wholeBytes() {
        int whole = wholeLines();
        return whole == 0 ? 0 : ends[whole - 1];
    }

    /** How many bytes are written. */
    int written() {
        return bytes.position();
    }
}
