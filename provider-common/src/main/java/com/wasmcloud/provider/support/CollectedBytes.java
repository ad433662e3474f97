package com.wasmcloud.provider.support;

import com.wasmcloud.contract.rpc.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A body as far as it has arrived, in arrays whose memory is taken before they are made. Gives no memory back: whoever counts
 * it does. Used by one thread at a time.
 */
public final class CollectedBytes {
    private static final int SMALLEST_SEGMENT = 1024;
    private static final int LARGEST_SEGMENT = 1024 * 1024;
    /** An announcement is believed when this part of it has arrived. */
    private static final int TRUSTED_PART = 8;

    private final long announced;
    private final LongPredicate memory;
    private final List<byte[]> full = new ArrayList<>(2);
    private byte[] segment = new byte[0];
    private int used;
    private int size;

    /**
     * @param announced how many bytes the body is said to have, -1 when it is not said
     * @param memory takes a number of bytes, or does not and returns false
     */
    public CollectedBytes(long announced, LongPredicate memory) {
        this.announced = announced;
        this.memory = memory;
    }

    /** Where bytes come from. */
    public interface Source {
        /** Copies bytes out, the first of which is at {@code from} in the source. */
        void read(int from, byte[] into, int at, int length);
    }

    /** The memory for all that was announced has been taken already. */
    public void reserve() {
        segment = new byte[(int) announced];
    }

    /** How many bytes have arrived. */
    public int size() {
        return size;
    }

    /** Adds bytes; false when there is no memory for them, and then some may have been added. */
    public boolean add(int length, Source source) {
        for (int from = 0; from < length; ) {
            if (used == segment.length && !grow(length - from)) {
                return false;
            }
            int fits = Math.min(length - from, segment.length - used);
            source.read(from, segment, used, fits);
            from += fits;
            used += fits;
            size += fits;
        }
        return true;
    }

    /** Makes room for some more bytes, or at least some of them; false when there is no memory. */
    private boolean grow(int more) {
        if (announced - size >= more && announced <= Integer.MAX_VALUE - 8 && size >= announced / TRUSTED_PART) {
            return growTo((int) announced);
        }
        int next = Math.min(LARGEST_SEGMENT, Math.max(Math.max(SMALLEST_SEGMENT, more), 2 * segment.length));
        if (!memory.test(next)) {
            return false;
        }
        if (used > 0) {
            full.add(segment);
        }
        segment = new byte[next];
        used = 0;
        return true;
    }

    /** Puts what has arrived into one array that the whole body fits into. */
    private boolean growTo(int whole) {
        if (!memory.test(whole)) {
            return false;
        }
        byte[] all = new byte[whole];
        copyInto(all);
        full.clear();
        segment = all;
        used = size;
        return true;
    }

    /** All that has arrived, in one array; null when there is no memory for it. */
    public @Nullable Bytes whole() {
        if (full.isEmpty()) {
            return Bytes.wrap(segment, 0, used);
        }
        if (!memory.test(size)) {
            return null;
        }
        byte[] all = new byte[size];
        copyInto(all);
        return Bytes.wrap(all);
    }

    private void copyInto(byte[] all) {
        int at = 0;
        for (byte[] each : full) {
            System.arraycopy(each, 0, all, at, each.length);
            at += each.length;
        }
        System.arraycopy(segment, 0, all, at, used);
    }

    /** Lets the garbage collector have what has arrived. */
    public void drop() {
        full.clear();
        segment = new byte[0];
        used = 0;
    }
}
