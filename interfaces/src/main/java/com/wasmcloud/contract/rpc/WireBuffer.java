package com.wasmcloud.contract.rpc;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.buffer.MessageBuffer;
import org.msgpack.core.buffer.MessageBufferOutput;

/**
 * One growing array that a message is written into; starts at the estimated size, so that it seldom has to grow, and
 * becomes the message without a copy. Or no array at all, to learn the size of a message. Used by one thread.
 */
final class WireBuffer implements MessageBufferOutput {
    /** The largest array that every JVM can make. */
    private static final int MAX_SIZE = Integer.MAX_VALUE - 8;
    /** What is written as a header, or in front of a payload, at the most. */
    private static final int HEADER = 16;

    private final boolean measuring;
    private byte[] array;
    private int size;
    /** What the packer is writing into where the array has no room for all that it might write; else null. */
    private @Nullable MessageBuffer aside;

    WireBuffer(int sizeHint) {
        this(new byte[Math.max(HEADER, sizeHint)], false);
    }

    private WireBuffer(byte[] array, boolean measuring) {
        this.array = array;
        this.measuring = measuring;
    }

    /** One that only counts. */
    static WireBuffer measure() {
        return new WireBuffer(new byte[0], true);
    }

    /** Bytes so far. */
    int size() {
        return size;
    }

    void put(int value) {
        reserve(1);
        if (!measuring) {
            array[size] = (byte) value;
        }
        size++;
    }

    void put(byte[] source) {
        write(source, 0, source.length);
    }

    Bytes toBytes() {
        return measuring ? Bytes.EMPTY : Bytes.wrap(array, 0, size);
    }

    @Override
    public MessageBuffer next(int minimumSize) {
        // the packer asks again when it could fill all that it has: an array of the exact size would grow in the end
        if (measuring || array.length - size <= minimumSize) {
            aside = MessageBuffer.allocate(Math.max(HEADER, minimumSize + 1));
            return aside;
        }
        aside = null;
        return MessageBuffer.wrap(array, size, array.length - size);
    }

    @Override
    public void writeBuffer(int length) {
        if (aside == null) {
            size += length;
        } else {
            write(aside.array(), 0, length);
        }
    }

    @Override
    public void write(byte[] source, int offset, int length) {
        reserve(length);
        if (!measuring) {
            System.arraycopy(source, offset, array, size, length);
        }
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
        if (size > MAX_SIZE - more) {
            throw new IllegalArgumentException("cannot write a message of more than " + MAX_SIZE + " bytes");
        }
        if (!measuring && more > array.length - size) {
            long wanted = Math.max((long) size + more, 2L * array.length);
            array = Arrays.copyOf(array, (int) Math.min(wanted, MAX_SIZE));
        }
    }
}
