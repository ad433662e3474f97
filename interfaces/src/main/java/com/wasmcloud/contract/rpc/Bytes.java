package com.wasmcloud.contract.rpc;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A view of bytes that nobody changes: a payload, or a slice of a larger message, compared by content.
 *
 * <p>Thread-safe as long as the owner of the wrapped array leaves it alone: wrapping does not copy, so an array handed
 * to {@link #wrap} belongs to the new value.
 */
public final class Bytes {
    /** No bytes at all: the argument of an operation without input, the result of one without output. */
    public static final Bytes EMPTY = new Bytes(new byte[0], 0, 0);

    private final byte[] array;
    private final int offset;
    private final int size;

    private Bytes(byte[] array, int offset, int size) {
        this.array = array;
        this.offset = offset;
        this.size = size;
    }

    /** Views a whole array without copying it. */
    public static Bytes wrap(byte[] array) {
        return array.length == 0 ? EMPTY : new Bytes(array, 0, array.length);
    }

    /**
     * Views a part of an array without copying it.
     *
     * @throws IndexOutOfBoundsException when the part is not inside the array
     */
    public static Bytes wrap(byte[] array, int offset, int size) {
        Objects.checkFromIndexSize(offset, size, array.length);
        return size == 0 ? EMPTY : new Bytes(array, offset, size);
    }

    /** Copies text as UTF-8. */
    public static Bytes utf8(String text) {
        return wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Length in bytes. */
    public int size() {
        return size;
    }

    /** True when there is nothing in it. */
    public boolean isEmpty() {
        return size == 0;
    }

    /**
     * One byte, as a number from 0 to 255.
     *
     * @throws IndexOutOfBoundsException when the index is not below {@link #size()}
     */
    public int at(int index) {
        return array[offset + Objects.checkIndex(index, size)] & 0xff;
    }

    /** The array that is viewed, not a copy: read from {@link #offset()}, {@link #size()} bytes, and never write. */
    public byte[] array() {
        return array;
    }

    /** Where this view begins in {@link #array()}. */
    public int offset() {
        return offset;
    }

    /** An array of exactly these bytes, never to be written: the one that is viewed if it has no others, else a copy. */
    public byte[] exactArray() {
        return size == array.length ? array : toByteArray();
    }

    /** A copy that the caller owns. */
    public byte[] toByteArray() {
        return Arrays.copyOfRange(array, offset, offset + size);
    }

    /** A read-only buffer over the same bytes. */
    public ByteBuffer asByteBuffer() {
        return ByteBuffer.wrap(array, offset, size).slice().asReadOnlyBuffer();
    }

    /** The bytes as UTF-8 text; a malformed sequence becomes U+FFFD. */
    public String toUtf8() {
        return new String(array, offset, size, StandardCharsets.UTF_8);
    }

    /** Lower-case hexadecimal digits. */
    public String toHex() {
        return HexFormat.of().formatHex(array, offset, offset + size);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Bytes that
                && Arrays.equals(array, offset, offset + size, that.array, that.offset, that.offset + that.size);
    }

    @Override
    public int hashCode() {
        return asByteBuffer().hashCode();
    }

    /** The length only: payloads do not belong in logs. */
    @Override
    public String toString() {
        return "Bytes[" + size + "]";
    }
}
