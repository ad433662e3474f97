package com.wasmcloud.contract.rpc;

import java.util.Arrays;
import org.msgpack.core.buffer.MessageBuffer;
import org.msgpack.core.buffer.MessageBufferOutput;

/**
 * One growing array that a message is written into; starts at the estimated size, so that it seldom has to grow, and
 * becomes the message without a copy. Used by one thread.
 */
final class WireBuffer implements MessageBufferOutput {
    /** The largest array that every JVM can make. */
    private static final int MAX_SIZE = Integer.MAX_VALUE - 8;

    private byte[] array;
    private int size;

    WireBuffer(int sizeHint) {
        array = new byte[Math.max(16, sizeHint)];
    }

    void put(int value) {
        reserve(1);
        array[size++] = (byte) value;
    }

    void put(byte[] source) {
        write(source, 0, source.length);
    }

    Bytes toBytes() {
        return Bytes.wrap(array, 0, size);
    }

    @Override
    public MessageBuffer next(int minimumSize) {
        reserve(minimumSize);
        return MessageBuffer.wrap(array, size, array.length - size);
    }

    @Override
    public void writeBuffer(int length) {
        size += length;
    }

    @Override
    public void write(byte[] source, int offset, int length) {
        reserve(length);
        System.arraycopy(source, offset, array, size, length);
        size += length;
    }

    @Override
    public void add(byte[] source, int offset, int length) {
        write(source, offset, length);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}

    private void reserve(int more) {
        if (more <= array.length - size) {
            return;
        }
        long wanted = Math.max((long) size + more, 2L * array.length);
        if (size > MAX_SIZE - more) {
            throw new IllegalArgumentException("cannot write a message of more than " + MAX_SIZE + " bytes");
        }
        array = Arrays.copyOf(array, (int) Math.min(wanted, MAX_SIZE));
    }
}
